import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { needAppointment } from "./appointment-row.ts";
import type { ChangeReasonInput } from "./schema.ts";

/**
 * Writes why the person comes, as reception heard it; it never leaves the clinic (AC-63).
 * @throws Conflict `stale`; Precondition when it was entered in error; NotFound
 */
export async function changeReason(
  ctx: ClinicContext,
  { id, version, reason }: ChangeReasonInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const appointment = await needAppointment(db, ctx, { id, version });
    if (appointment.status === "entered-in-error") throw precondition("appointment.notStanding");
    await db.appointment.updateMany({ where: { clinicId, id, version }, data: { reason, version: version + 1 } });
    await recordAudit(db, ctx, {
      event: "appointment.reason-changed",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
      ground: groundOf(ctx),
    });
    return { version: version + 1 };
  });
}
