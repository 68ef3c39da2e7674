import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { notFound, precondition } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { countChange } from "./count-change.ts";
import { timeTaken } from "./hold-time.ts";
import { nearestTimes } from "./nearest-times.ts";
import type { MoveInput } from "./schema.ts";
import { chooseResources, occupy } from "./take-resources.ts";
import { countsAsNew, needChangeable, type OpenVisit, openVisit } from "./visit.ts";

/**
 * Moves the visit to a time that its service offers, within the clinic's notice; the time before is free at once, or nothing moves. There
 * already (sent twice), it is no fault.
 * @throws NotFound `booking.noVisit`; Conflict `booking.timeTaken` with the next free times, `booking.changed`; Precondition `booking.tooLate`, `booking.over`
 */
export async function moveVisit(ctx: VisitorContext, input: MoveInput): Promise<void> {
  const tokenHash = await countChange(ctx);
  const clinicId = ctx.clinic.id;
  await withVisitor(ctx, async (db) => {
    await openVisit(db, ctx);
    await holdSchedule(db, clinicId);
    const visit = await openVisit(db, ctx);
    if (isThere(visit, input)) return;
    needChangeable(visit, input.version);
    if (visit.kind !== "visit") throw precondition("booking.groupStays");
    const { appointmentId: id, sittingId, version } = visit;
    const place = await db.location.findFirst({
      where: { clinicId, id: input.locationId },
      select: { timeZone: true },
    });
    if (!place) throw notFound();
    const resources = await offered(db, clinicId, visit, input);
    if (!resources) {
      const leadId = input.anyResource ? null : input.resourceId;
      throw timeTaken(await nearestTimes(db, clinicId, visit, { at: input.startsAt, leadId }));
    }
    await db.$executeRaw`delete from clinic.occupancy where clinic_id = ${clinicId}::uuid and sitting_id = ${sittingId}::uuid`;
    await db.$executeRaw`
      update clinic.sitting set location_id = ${input.locationId}::uuid, resource_id = ${resources[0]}::uuid, time_zone = ${place.timeZone},
        local_date = (${input.startsAt}::timestamptz at time zone ${place.timeZone})::date,
        local_minute = extract(hour from ${input.startsAt}::timestamptz at time zone ${place.timeZone})::int * 60
          + extract(minute from ${input.startsAt}::timestamptz at time zone ${place.timeZone})::int,
        version = version + 1
      where clinic_id = ${clinicId}::uuid and id = ${sittingId}::uuid`;
    await occupy(db, clinicId, sittingId, resources);
    // Somebody who said « je serai là » said it of the time before.
    await db.appointment.updateMany({ where: { clinicId, id }, data: { confirmedAt: null, version: version + 1 } });
    await db.$executeRaw`
      update clinic.appointment_access set expires_at = greatest(expires_at, ${input.startsAt}::timestamptz + interval '2 days')
      where clinic_id = ${clinicId}::uuid and token_hash = ${tokenHash}`;
    await recordAudit(db, ctx, {
      event: "appointment.moved",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ground: "patient-request",
      detail: { version: version + 1, by: "patient" },
    });
  });
}

const isThere = (visit: OpenVisit, { startsAt, locationId, resourceId, anyResource }: MoveInput): boolean =>
  visit.status === "booked" &&
  visit.startsAt.getTime() === startsAt.getTime() &&
  visit.locationId === locationId &&
  (resourceId === null || anyResource || visit.resourceId === resourceId);

/** What it would occupy, if the service offers that very time to a visitor: with whom was chosen, else with another where that will do. */
async function offered(
  db: Db,
  clinicId: string,
  visit: OpenVisit,
  input: MoveInput,
): Promise<readonly string[] | null> {
  const { serviceId, sittingId } = visit;
  const { startsAt: at, locationId, resourceId, anyResource } = input;
  for (const lead of anyResource && resourceId ? [resourceId, null] : [resourceId]) {
    const [slot] = await db.$queryRaw<unknown[]>`
      select 1 from clinic.find_slots(${clinicId}::uuid, ${serviceId}::uuid, ${at}::timestamptz, ${at}::timestamptz, ${lead && [lead]}::uuid[],
        array[${locationId}::uuid], ${countsAsNew(visit)}, false, ${sittingId}::uuid, now(), 1)`;
    if (!slot) continue;
    const wish = { clinicId, sittingId, serviceId, at, lead, locationId, newPatient: countsAsNew(visit) };
    const chosen = await chooseResources(db, wish);
    if (chosen) return chosen;
  }
  return null;
}
