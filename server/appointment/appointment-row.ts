import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { type DomainError, notFound } from "#server/errors.ts";

const select = {
  id: true,
  sittingId: true,
  status: true,
  flow: true,
  patientId: true,
  requestPersonId: true,
  reason: true,
  arrivedAt: true,
  roomedAt: true,
  startedAt: true,
  doneAt: true,
  roomId: true,
  version: true,
  lastUpdated: true,
  sittingRef: {
    select: {
      kind: true,
      status: true,
      serviceId: true,
      locationId: true,
      resourceId: true,
      localDate: true,
      localMinute: true,
      durationMinutes: true,
      seriesId: true,
      seriesIndex: true,
      version: true,
    },
  },
} as const;

export type AppointmentRow = NonNullable<Awaited<ReturnType<typeof findAppointment>>>;

/** An appointment and its sitting as a verb needs them, or null when this person may not see it. */
export function findAppointment(db: Db, clinicId: string, id: string) {
  // Its sitting says where it is, which may be no place of theirs.
  return db.appointment.findFirst({ where: { clinicId, id, sittingRef: { clinicId } }, select });
}

/**
 * The appointment that a screen was showing at this version.
 * @throws NotFound; Conflict `stale` with the appointment as it is now
 */
export async function needAppointment(
  db: Db,
  ctx: ClinicContext,
  { id, version }: { id: string; version: number },
): Promise<AppointmentRow> {
  const row = await findAppointment(db, ctx.clinic.id, id);
  if (!row) throw notFound();
  if (row.version !== version) throw await staleAppointment(db, ctx, row);
  return row;
}

function staleAppointment(db: Db, ctx: ClinicContext, { sittingRef: _, ...row }: AppointmentRow): Promise<DomainError> {
  return refuseStale(db, ctx, row.id, row, "Appointment");
}
