import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type PolicyRecord, readPolicyRow } from "./record.ts";

/** How the clinic books: how long a time is held, when messages rest, when waiting is too long, how long an unmatched request is kept. */
export async function readPolicy(ctx: ClinicContext): Promise<PolicyRecord> {
  requirePermission(ctx, "schedule:read");
  return withStaff(ctx, (db) => readPolicyRow(db, ctx.clinic.id));
}
