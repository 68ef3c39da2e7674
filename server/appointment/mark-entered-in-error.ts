import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { needAppointment } from "./appointment-row.ts";
import { freeSittings } from "./free-sittings.ts";
import type { EnteredInErrorInput } from "./schema.ts";

/**
 * Says that an appointment never was one: it leaves the agenda, counts in no rate, and stays in the record with who said so and why.
 * @throws Conflict `stale`; Precondition when it is so already; NotFound
 */
export async function markEnteredInError(
  ctx: ClinicContext,
  { id, version, reason }: EnteredInErrorInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const appointment = await needAppointment(db, ctx, { id, version });
    if (appointment.status === "entered-in-error") throw precondition("appointment.notStanding");
    await db.appointment.updateMany({
      where: { clinicId, id, version },
      data: {
        status: "entered-in-error",
        flow: "none",
        errorReason: reason,
        cancelledAt: null,
        cancelledBy: null,
        version: version + 1,
      },
    });
    await freeSittings(db, clinicId, [appointment.sittingId], "entered-in-error");
    await recordAudit(db, ctx, {
      event: "appointment.entered-in-error",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
      ground: groundOf(ctx),
    });
    return { version: version + 1 };
  });
}
