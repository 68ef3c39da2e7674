import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { book, bookingOf, monday } from "#tests/factories/appointment.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";
import type { Factory, Scene } from "./factory.ts";

/** Each in a place of its own: what one books never stands in another's way. */
const place = ({ clinic }: Scene): Promise<TestSchedule> => makeSchedule(clinic, { rooms: 1 });
const group = ({ clinic }: Scene): Promise<TestSchedule> => makeSchedule(clinic, { capacity: 3 });

const booked = async (scene: Scene) => book(await place(scene));

const at = ({ serviceId, locationId }: TestSchedule) => ({ serviceId, locationId, date: monday, minute: 540 });

const block = ({ locationId, practitioners }: TestSchedule) => ({
  id: newId(),
  resourceId: practitioners[0],
  locationId,
  date: monday,
  minute: 540,
  durationMinutes: 60,
});

export const appointmentFactories: Readonly<Record<string, Factory>> = {
  "appointment.agenda": async (scene) => {
    await booked(scene);
    return { from: monday, until: monday };
  },
  "appointment.board": async () => ({ date: monday }),
  "appointment.mine": async () => ({}),
  "appointment.read": async (scene) => ({ id: (await booked(scene)).id }),
  "appointment.rates": async () => ({ from: "2026-01-01", until: "2026-12-31" }),
  "appointment.slots": async (scene) => ({ serviceId: (await place(scene)).serviceId, from: monday, until: monday }),
  "appointment.next": async (scene) => ({ serviceId: (await place(scene)).serviceId }),
  "appointment.explain": async (scene) => at(await place(scene)),
  "appointment.book": async (scene) => bookingOf(await place(scene)),
  "appointment.openGroup": async (scene) => ({ ...at(await group(scene)), id: newId() }),
  "appointment.join": async (scene) => ({
    id: newId(),
    sittingId: await anOpenGroup(scene),
    patientId: (await makePatient(scene.clinic.owner.ctx)).id,
  }),
  "appointment.block": async (scene) => block(await place(scene)),
  "appointment.unblock": async (scene) =>
    callerOf(scene.clinic.owner, scene.clinic).appointment.block(block(await place(scene))),
  "appointment.move": async (scene) => {
    const { sittingId } = await booked(scene);
    return { sittingId, version: 1, date: monday, minute: 600 };
  },
  "appointment.cancel": async (scene) => ({ id: (await booked(scene)).id, version: 1, by: "patient" }),
  "appointment.restore": async (scene) => {
    const { id } = await booked(scene);
    const cancelled = { id, version: 1, by: "patient" as const };
    const { version } = await callerOf(scene.clinic.owner, scene.clinic).appointment.cancel(cancelled);
    return { id, version };
  },
  "appointment.advance": async (scene) => ({ id: (await booked(scene)).id, version: 1, to: "arrived" }),
  "appointment.confirm": async (scene) => ({ id: (await booked(scene)).id, version: 1 }),
  "appointment.revokeLinks": async (scene) => ({ id: (await booked(scene)).id }),
  "appointment.changeReason": async (scene) => ({ id: (await booked(scene)).id, version: 1, reason: "toux" }),
  "appointment.enteredInError": async (scene) => ({ id: (await booked(scene)).id, version: 1, reason: "mauvais jour" }),
};

async function anOpenGroup(scene: Scene): Promise<string> {
  const input = { ...at(await group(scene)), id: newId() };
  return (await callerOf(scene.clinic.owner, scene.clinic).appointment.openGroup(input)).id;
}

/** The same inputs with every id that the everyday ones leave out. */
export const everyAppointmentId: Readonly<Record<string, Factory>> = {
  "appointment.agenda": async (scene) => {
    const { locationId, practitioners } = await place(scene);
    return { from: monday, until: monday, locationId, resourceIds: [practitioners[0]] };
  },
  "appointment.board": async (scene) => ({ date: monday, locationId: (await place(scene)).locationId }),
  "appointment.rates": async (scene) => ({
    from: "2026-01-01",
    until: "2026-12-31",
    locationId: (await place(scene)).locationId,
  }),
  "appointment.slots": async (scene) => {
    const here = await place(scene);
    return { from: monday, until: monday, ...searched(here), ignoreSittingId: (await book(here)).sittingId };
  },
  "appointment.next": async (scene) => searched(await place(scene)),
  "appointment.explain": async (scene) => {
    const here = await place(scene);
    return { ...at(here), resourceId: here.practitioners[0], ignoreSittingId: (await book(here)).sittingId };
  },
  "appointment.book": async (scene) => {
    const here = await place(scene);
    return bookingOf(here, { resourceId: here.practitioners[0] });
  },
  "appointment.openGroup": async (scene) => {
    const here = await group(scene);
    return { ...at(here), id: newId(), resourceId: here.practitioners[0] };
  },
  "appointment.move": async (scene) => {
    const here = await place(scene);
    const { sittingId } = await book(here);
    const [resourceId] = here.practitioners;
    return { sittingId, version: 1, date: monday, minute: 600, resourceId, locationId: here.locationId };
  },
  "appointment.advance": async (scene) => {
    const here = await place(scene);
    return { id: (await book(here)).id, version: 1, to: "roomed", roomId: here.rooms[0] };
  },
};

const searched = ({ serviceId, locationId, practitioners }: TestSchedule) => ({
  serviceId,
  resourceIds: [practitioners[0]],
  locationIds: [locationId],
});
