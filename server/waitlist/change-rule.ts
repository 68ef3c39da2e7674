import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readRuleRecord } from "./rule-record.ts";
import type { ChangeRuleInput } from "./schema.ts";

/** Sets who is asked first, how many at once, for how long, and whether staff confirm. @throws Conflict `stale`, or when another wrote the first rules meanwhile */
export async function changeRule(ctx: ClinicContext, input: ChangeRuleInput): Promise<{ version: number }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { version, automatic, rule, batch, offerMinutes } = input;
  const data = { waitlistAutomatic: automatic, waitlistRule: rule, waitlistBatch: batch, offerMinutes };
  return withStaff(ctx, async (db) => {
    if (version === null) await db.bookingPolicy.createMany({ data: { clinicId, ...data } });
    else {
      const { count } = await db.bookingPolicy.updateMany({
        where: { clinicId, version },
        data: { ...data, version: version + 1 },
      });
      if (count === 0) throw await refuseStale(db, ctx, clinicId, await readRuleRecord(db, clinicId), "BookingPolicy");
    }
    const next = (version ?? 0) + 1;
    await recordAudit(db, ctx, {
      event: "waitlist.rule-changed",
      action: "U",
      entity: "BookingPolicy",
      entityIds: [clinicId],
      detail: { automatic, rule, batch, offerMinutes, version: next },
    });
    return { version: next };
  });
}
