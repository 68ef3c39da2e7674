import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { needSitting } from "./find-sitting.ts";
import type { UnblockInput } from "./schema.ts";

/**
 * Frees a blocked time, or the time of a group in which nobody has a place.
 * @throws Conflict `stale`; Precondition when it is a visit, when somebody is in it, or when it is free already; NotFound
 */
export async function unblockTime(ctx: ClinicContext, { id, version }: UnblockInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const sitting = await needSitting(db, ctx, id, version);
    if (sitting.status !== "booked") throw precondition("appointment.notStanding");
    if (sitting.kind === "visit" || sitting.places > 0) throw precondition("appointment.standing");
    await db.sitting.updateMany({
      where: { clinicId, id, version },
      data: { status: "cancelled", version: version + 1 },
    });
    await recordAudit(db, ctx, { event: "sitting.unblocked", action: "U", entity: "Sitting", entityIds: [id] });
    return { version: version + 1 };
  });
}
