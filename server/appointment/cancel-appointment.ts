import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { type AppointmentRow, needAppointment } from "./appointment-row.ts";
import { freeSittings } from "./free-sittings.ts";
import type { CancelInput } from "./schema.ts";

/** The appointments that are off, with the versions they have now: `restore` takes each back. */
export interface Cancelled {
  readonly version: number;
  readonly appointments: readonly { readonly id: string; readonly version: number }[];
}

/**
 * Cancels a person's visit; of a series, this one, it and those after it, or all that are still to come. The time is free again as soon as
 * nobody is left in it; a group stays open.
 * @throws Conflict `stale`; Precondition when the visit is over or off already; NotFound
 */
export async function cancelAppointment(ctx: ClinicContext, input: CancelInput): Promise<Cancelled> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const appointment = await needAppointment(db, ctx, input);
    if (["cancelled", "fulfilled", "entered-in-error"].includes(appointment.status))
      throw precondition("appointment.notStanding");
    const targets = [appointment, ...(await restOfSeries(db, clinicId, appointment, input.scope))];
    for (const { id, version } of targets)
      await db.appointment.updateMany({
        where: { clinicId, id, version },
        data: {
          status: "cancelled",
          flow: "none",
          cancelledAt: new Date(),
          cancelledBy: input.by,
          cancelReason: input.reason,
          version: version + 1,
        },
      });
    await freeSittings(
      db,
      clinicId,
      targets.map(({ sittingId }) => sittingId),
      "cancelled",
    );
    await recordAudit(db, ctx, {
      event: "appointment.cancelled",
      action: "U",
      entity: "Appointment",
      entityIds: targets.map(({ id }) => id),
      ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
      ground: groundOf(ctx),
      detail: { by: input.by, scope: input.scope },
    });
    return {
      version: appointment.version + 1,
      appointments: targets.map(({ id, version }) => ({ id, version: version + 1 })),
    };
  });
}

/** The same person's other visits of the series that are still to come. */
async function restOfSeries(
  db: Db,
  clinicId: string,
  { id, patientId, requestPersonId, sittingRef }: AppointmentRow,
  scope: CancelInput["scope"],
): Promise<{ id: string; sittingId: string; version: number }[]> {
  const { seriesId, seriesIndex } = sittingRef;
  if (scope === "this" || !seriesId) return [];
  return db.appointment.findMany({
    where: {
      clinicId,
      id: { not: id },
      status: "booked",
      patientId,
      requestPersonId,
      sittingRef: {
        clinicId,
        seriesId,
        startsAt: { gt: new Date() },
        ...(scope === "following" ? { seriesIndex: { gt: seriesIndex ?? 0 } } : {}),
      },
    },
    orderBy: { id: "asc" },
    select: { id: true, sittingId: true, version: true },
  });
}
