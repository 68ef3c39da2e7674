import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { findAppointment } from "./appointment-row.ts";
import { findSittings } from "./find-sitting.ts";
import type { JoinInput } from "./schema.ts";

/**
 * Gives a patient a place in a group's sitting. Sent twice with one id, they have one place.
 * @throws Conflict `appointment.full`, `appointment.alreadyIn`; Precondition when it is no group or is off; NotFound
 */
export async function joinGroup(
  ctx: ClinicContext,
  { id, sittingId, patientId, reason }: JoinInput,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const known = await findAppointment(db, clinicId, id);
    if (known) return { id, version: known.version };
    await requireLivePatient(db, ctx, patientId);
    const [sitting] = await findSittings(db, clinicId, { ids: [sittingId] });
    if (!sitting) throw notFound();
    if (sitting.kind !== "group") throw precondition("appointment.notGroup");
    if (sitting.status !== "booked") throw precondition("appointment.notStanding");
    const there = await db.appointment.findFirst({
      where: { clinicId, sittingId, patientId, status: { notIn: ["cancelled", "entered-in-error"] } },
      select: { id: true },
    });
    if (there) throw conflict("appointment.alreadyIn");
    if (sitting.places >= sitting.capacity) throw conflict("appointment.full");
    await db.appointment.createMany({
      data: { clinicId, id, sittingId, patientId, reason, source: "staff", authorId: ctx.user.id },
    });
    await recordAudit(db, ctx, {
      event: "appointment.joined",
      action: "C",
      entity: "Appointment",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { sittingId },
    });
    return { id, version: 1 };
  });
}
