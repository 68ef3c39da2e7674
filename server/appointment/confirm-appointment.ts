import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { needAppointment } from "./appointment-row.ts";
import type { ConfirmInput } from "./schema.ts";

/**
 * Writes that the person said they will come, or takes it back.
 * @throws Conflict `stale`; Precondition when the visit is off; NotFound
 */
export async function confirmAppointment(
  ctx: ClinicContext,
  { id, version, confirmed }: ConfirmInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const appointment = await needAppointment(db, ctx, { id, version });
    if (appointment.flow === "none") throw precondition("appointment.notStanding");
    await db.appointment.updateMany({
      where: { clinicId, id, version },
      data: { confirmedAt: confirmed ? new Date() : null, version: version + 1 },
    });
    await recordAudit(db, ctx, {
      event: "appointment.confirmed",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
      ground: groundOf(ctx),
      detail: { confirmed },
    });
    return { version: version + 1 };
  });
}
