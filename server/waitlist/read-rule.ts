import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type RuleRecord, readRuleRecord } from "./rule-record.ts";

/** The rule by which freed times are offered: everybody who works with the list sees it. */
export function readRule(ctx: ClinicContext): Promise<RuleRecord> {
  requirePermission(ctx, "appointment:read");
  return withStaff(ctx, (db) => readRuleRecord(db, ctx.clinic.id));
}
