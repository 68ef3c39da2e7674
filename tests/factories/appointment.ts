import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "./caller.ts";
import type { TestMember } from "./clinic.ts";
import type { TestSchedule } from "./schedule.ts";

type BookInput = Parameters<ReturnType<typeof callerOf>["appointment"]["book"]>[0];

/** A day so far ahead that nothing of it is past; a Monday. */
export const monday = "2027-03-01";

/** A valid booking for a new patient at 9 h; `over` says what differs. */
export async function bookingOf(place: TestSchedule, over: Partial<BookInput> = {}): Promise<BookInput> {
  return {
    id: newId(),
    sittingId: newId(),
    serviceId: place.serviceId,
    locationId: place.locationId,
    date: monday,
    minute: 540,
    patientId: over.patientId ?? (await makePatient(place.clinic.owner.ctx)).id,
    ...over,
  };
}

/** Books through the router, as somebody of the clinic; the owner unless said. */
export async function book(
  place: TestSchedule,
  over: Partial<BookInput> = {},
  member: TestMember = place.clinic.owner,
) {
  return callerOf(member, place.clinic).appointment.book(await bookingOf(place, over));
}

/** The sitting as the agenda shows it on a day. */
export async function seen(place: TestSchedule, sittingId: string, date = monday, member = place.clinic.owner) {
  const { sittings } = await callerOf(member, place.clinic).appointment.agenda({ from: date, until: date });
  return sittings.find(({ id }) => id === sittingId);
}
