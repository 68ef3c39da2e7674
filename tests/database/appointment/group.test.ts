import { afterAll, beforeAll, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { book, monday, seen } from "#tests/factories/appointment.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

let place: TestSchedule;
beforeAll(async () => {
  place = await makeSchedule(await makeClinic(), { capacity: 3 });
});
afterAll(closeDatabases);

const caller = () => callerOf(place.clinic.owner, place.clinic);
const someone = async () => (await makePatient(place.clinic.owner.ctx)).id;
const open = (date: string, over: object = {}) =>
  caller().appointment.openGroup({
    ...{ id: newId(), serviceId: place.serviceId, locationId: place.locationId, date, minute: 600 },
    ...over,
  });

it("ten people at once for three places: three get one, the others are told that it is full", async () => {
  const { id: sittingId } = await open(monday);
  const people = await Promise.all(Array.from({ length: 10 }, someone));
  const joins = await Promise.allSettled(
    people.map((patientId) => caller().appointment.join({ id: newId(), sittingId, patientId })),
  );
  expect(joins.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  for (const one of joins) if (one.status === "rejected") expect(one.reason.cause.key).toBe("appointment.full");
  const sitting = await seen(place, sittingId);
  expect(sitting).toMatchObject({ kind: "group", capacity: 3 });
  expect(sitting?.appointments).toHaveLength(3);

  // One status each; who cancels gives the place to another, and the sitting stays.
  const [one, two] = sitting?.appointments ?? [];
  await caller().appointment.cancel({ id: one?.id as string, version: 1, by: "patient" });
  await caller().appointment.advance({ id: two?.id as string, version: 1, to: "arrived" });
  await caller().appointment.join({ id: newId(), sittingId, patientId: await someone() });
  const after = await seen(place, sittingId);
  expect(after?.status).toBe("booked");
  expect(after?.appointments.map(({ status }) => status).sort()).toEqual(["arrived", "booked", "booked", "cancelled"]);
  expect((await refusal(caller().appointment.restore({ id: one?.id as string, version: 2 }))).key).toBe(
    "appointment.full",
  );
});

it("a person has one place, a full group still moves, and an empty one can be taken away", async () => {
  const { id: sittingId } = await open("2027-03-02");
  const patientId = await someone();
  const id = newId();
  await caller().appointment.join({ id, sittingId, patientId });
  expect(await caller().appointment.join({ id, sittingId, patientId })).toEqual({ id, version: 1 });
  const again = await refusal(caller().appointment.join({ id: newId(), sittingId, patientId }));
  expect(again).toMatchObject({ code: "Conflict", key: "appointment.alreadyIn" });
  await caller().appointment.move({ sittingId, version: 1, date: "2027-03-02", minute: 660 });
  expect((await refusal(caller().appointment.unblock({ id: sittingId, version: 2 }))).key).toBe("appointment.standing");
  await caller().appointment.cancel({ id, version: 1, by: "patient" });
  await caller().appointment.unblock({ id: sittingId, version: 2 });
  expect(await seen(place, sittingId, "2027-03-02")).toMatchObject({ status: "cancelled", resourceIds: [] });
  expect((await refusal(caller().appointment.join({ id: newId(), sittingId, patientId }))).key).toBe(
    "appointment.notStanding",
  );
});

it("a service for groups is not booked as a visit, nor the other way", async () => {
  expect((await refusal(book(place, { date: "2027-03-03" }))).key).toBe("appointment.groupService");
  const alone = await makeSchedule(place.clinic);
  const { locationId, serviceId } = alone;
  expect((await refusal(open("2027-03-03", { serviceId, locationId }))).key).toBe("appointment.notGroup");
  const { sittingId } = await book(alone);
  const joined = caller().appointment.join({ id: newId(), sittingId, patientId: await someone() });
  expect((await refusal(joined)).key).toBe("appointment.notGroup");
});

it("offers the sittings that have a place left, and opens a series of them", async () => {
  const { id, seriesId } = await open("2027-04-05", { series: { frequency: "monthly", occurrences: 3 } });
  expect(seriesId).not.toBeNull();
  const slots = await caller().appointment.slots({
    serviceId: place.serviceId,
    from: "2027-04-01",
    until: "2027-05-12",
  });
  expect(slots.map(({ date, minute }) => [date, minute])).toEqual([
    ["2027-04-05", 600],
    ["2027-05-05", 600],
  ]);
  expect(slots[0]?.sittingId).toBe(id);
});
