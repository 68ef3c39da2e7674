import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { findAppointment } from "./appointment-row.ts";
import { openSeries } from "./open-series.ts";
import { readOffer } from "./read-offer.ts";
import type { Booked } from "./record.ts";
import type { BookInput } from "./schema.ts";
import { refusePast } from "./settle.ts";
import { settleTimes } from "./settle-times.ts";
import { tellNext } from "./tell-next.ts";
import { writeSittings } from "./write-sittings.ts";

/**
 * Books a visit, or a series of them, for a patient. Sent twice with one id, it is booked once.
 * @throws Conflict `appointment.taken` with every reason and the next three free times (a series names each date); Forbidden to
 *   overbook; Precondition for a service for groups, or a record opened by mistake; Invalid for a day that is over; NotFound
 */
export async function bookAppointment(ctx: ClinicContext, input: BookInput): Promise<Booked> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, sittingId, patientId, serviceId, locationId, minute, series } = input;
  const gesture = () =>
    withStaff(ctx, async (db): Promise<Booked> => {
      await holdSchedule(db, clinicId);
      const known = await findAppointment(db, clinicId, id);
      if (known) return alreadyBooked(known);
      await requireLivePatient(db, ctx, patientId);
      const offer = await readOffer(db, clinicId, serviceId, locationId);
      if (offer.capacity > 1) throw precondition("appointment.groupService");
      const mode = input.mode ?? offer.modes[0] ?? "in-person";
      if (!offer.modes.includes(mode)) throw invalid("invalid", { mode: "appointment.mode" });
      refusePast(input.date, offer.timeZone);
      const newPatient = input.newPatient ?? (await isNewPatient(db, clinicId, patientId));
      const { settled, skipped } = await settleTimes(db, ctx, { ...input, newPatient }, series);
      const seriesId = await openSeries(db, clinicId, series, settled.length);
      const visits = settled.map(({ date, ...taken }, at) => ({
        ...taken,
        date,
        id: at === 0 ? sittingId : newId(),
        appointmentId: at === 0 ? id : newId(),
        seriesIndex: seriesId ? at + 1 : null,
      }));
      await writeSittings(
        db,
        ctx,
        visits.map(({ appointmentId: _, ...visit }) => ({
          ...visit,
          kind: "visit",
          serviceId,
          locationId,
          mode,
          title: "",
          minute,
          timeZone: offer.timeZone,
          durationMinutes: input.durationMinutes ?? offer.durationMinutes,
          bufferBeforeMinutes: offer.bufferBeforeMinutes,
          bufferAfterMinutes: offer.bufferAfterMinutes,
          capacity: 1,
          seriesId,
        })),
      );
      await db.appointment.createMany({
        data: visits.map((visit) => ({
          clinicId,
          id: visit.appointmentId,
          sittingId: visit.id,
          patientId,
          authorId: ctx.user.id,
          source: input.source,
          reason: input.reason,
        })),
      });
      await recordAudit(db, ctx, {
        event: "appointment.booked",
        action: "C",
        entity: "Appointment",
        entityIds: visits.map(({ appointmentId }) => appointmentId),
        patientId,
        ground: groundOf(ctx),
        detail: { sittingId, overbooked: visits.some(({ overbookReason }) => overbookReason !== null) },
      });
      return { id, sittingId, version: 1, sittingVersion: 1, seriesId, skipped };
    });
  return tellNext(ctx, () => (series ? null : input), gesture);
}

function alreadyBooked({
  id,
  sittingId,
  version,
  sittingRef,
}: NonNullable<Awaited<ReturnType<typeof findAppointment>>>) {
  const { version: sittingVersion, seriesId } = sittingRef;
  return { id, sittingId, version, sittingVersion, seriesId, skipped: [] };
}

/** Nobody whose visit here ever ended. */
async function isNewPatient(db: Db, clinicId: string, patientId: string): Promise<boolean> {
  const seen = await db.appointment.findFirst({
    where: { clinicId, patientId, status: "fulfilled" },
    select: { id: true },
  });
  return seen === null;
}
