import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readPolicyRow } from "./record.ts";
import type { ChangePolicyInput } from "./schema.ts";

/**
 * Changes how the clinic books; the first change makes the row.
 * @throws Conflict `stale` with the policy as it is now; Invalid beside its field
 */
export async function changePolicy(ctx: ClinicContext, input: ChangePolicyInput): Promise<{ version: number }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { version, ...card } = input;
  return withStaff(ctx, async (db) => {
    const { count } =
      version === 0
        ? await db.bookingPolicy.createMany({ data: { clinicId, ...card }, skipDuplicates: true })
        : await db.bookingPolicy.updateMany({
            where: { clinicId, version },
            data: { ...card, version: version + 1 },
          });
    if (count === 0) throw await refuseStale(db, ctx, clinicId, await readPolicyRow(db, clinicId), "BookingPolicy");
    await recordAudit(db, ctx, {
      event: "booking-policy.changed",
      action: "U",
      entity: "BookingPolicy",
      entityIds: [clinicId],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
