import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { needAppointment } from "./appointment-row.ts";
import { type Asked, explainTimes, type WallTime } from "./explain-times.ts";
import { findSittings, type SittingRow } from "./find-sitting.ts";
import type { RestoreInput } from "./schema.ts";
import { settle, taken } from "./settle.ts";
import { tellNext } from "./tell-next.ts";
import { occupy } from "./write-sittings.ts";

/**
 * Takes a cancellation back: the same person, at the same time, with whoever leads it; the rest is found again.
 * @throws Conflict `appointment.taken` when the time was given away, `appointment.full` for a group; Conflict `stale`; Forbidden to
 *   overbook; Precondition when it was not cancelled; NotFound
 */
export async function restoreAppointment(
  ctx: ClinicContext,
  { id, version, overbookReason }: RestoreInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  let look: (Asked & WallTime) | null = null;
  const gesture = () =>
    withStaff(ctx, async (db) => {
      await holdSchedule(db, clinicId);
      const appointment = await needAppointment(db, ctx, { id, version });
      if (appointment.status !== "cancelled") throw precondition("appointment.transition");
      const [sitting] = await findSittings(db, clinicId, { ids: [appointment.sittingId] });
      if (!sitting) throw notFound();
      if (sitting.status === "booked" && sitting.places >= sitting.capacity) throw conflict("appointment.full");
      if (sitting.status !== "booked") {
        const { serviceId, locationId, resourceId, durationMinutes, date, minute } = sitting;
        if (serviceId) look = { serviceId, locationId, resourceId, durationMinutes, date, minute };
        await stand(db, ctx, sitting, overbookReason);
      }
      await db.appointment.updateMany({
        where: { clinicId, id, version },
        data: {
          status: "booked",
          flow: "expected",
          cancelledAt: null,
          cancelledBy: null,
          cancelReason: "",
          arrivedAt: null,
          roomedAt: null,
          startedAt: null,
          roomId: null,
          version: version + 1,
        },
      });
      await recordAudit(db, ctx, {
        event: "appointment.restored",
        action: "U",
        entity: "Appointment",
        entityIds: [id],
        ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
        ground: groundOf(ctx),
      });
      return { version: version + 1 };
    });
  return tellNext(ctx, () => look, gesture);
}

/** Puts a sitting that is off back where it was. */
async function stand(
  db: Db,
  ctx: ClinicContext,
  sitting: SittingRow,
  overbookReason: string | undefined,
): Promise<void> {
  const { id, serviceId, locationId, resourceId, durationMinutes, date, minute, version } = sitting;
  if (!serviceId || sitting.status !== "cancelled") throw precondition("appointment.notStanding");
  const asked = { serviceId, locationId, resourceId, durationMinutes };
  const [explanation] = await explainTimes(db, ctx.clinic.id, asked, [{ date, minute }]);
  if (!explanation) throw notFound();
  const settled = settle(ctx, explanation, overbookReason);
  if (!settled) throw taken(explanation);
  await db.$executeRaw`
    update clinic.sitting s set status = 'booked', version = s.version + 1,
      buffer_before_minutes = h.buffer_before_minutes, buffer_after_minutes = h.buffer_after_minutes
    from clinic.healthcare_service h
    where s.clinic_id = ${ctx.clinic.id}::uuid and s.id = ${id}::uuid and s.version = ${version} and h.clinic_id = s.clinic_id and h.id = s.service_id`;
  await occupy(db, ctx, [{ ...settled, id }]);
}
