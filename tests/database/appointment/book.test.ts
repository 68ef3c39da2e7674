import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { book, bookingOf, monday, seen } from "#tests/factories/appointment.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sitDown, type TestSchedule } from "#tests/factories/schedule.ts";

let place: TestSchedule;
beforeAll(async () => {
  place = await makeSchedule(await makeClinic(), { practitioners: 2, rooms: 1 });
});
afterAll(closeDatabases);

it("books a visit that the agenda shows, once however often it is sent", async () => {
  const input = await bookingOf(place, { reason: "toux", source: "walk-in" });
  const caller = callerOf(place.clinic.owner, place.clinic);
  const first = await caller.appointment.book(input);
  expect(await caller.appointment.book(input)).toEqual(first);
  const sitting = await seen(place, input.sittingId);
  expect(sitting).toMatchObject({
    kind: "visit",
    localDate: monday,
    localMinute: 540,
    durationMinutes: 60,
    overbooked: false,
  });
  expect(sitting?.resourceIds).toEqual([sitting?.resourceId]);
  expect(sitting?.appointments).toMatchObject([
    {
      id: input.id,
      status: "booked",
      flow: "expected",
      source: "walk-in",
      reason: "toux",
      newPatient: true,
      patientId: input.patientId,
    },
  ]);
});

it("refuses a taken time with every reason and the next three that are free", async () => {
  const [who] = place.practitioners;
  const at = { date: "2027-03-02", minute: 540, resourceId: who };
  await book(place, at);
  const told = await refusal(book(place, { ...at, minute: 570 }));
  expect(told).toMatchObject({ code: "Conflict", key: "appointment.taken" });
  const { reasons, next } = told.details as {
    reasons: { code: string; resourceId: string }[];
    next: { minute: number; date: string }[];
  };
  expect(reasons).toMatchObject([{ code: "busy", resourceId: who }]);
  expect(next.map(({ date, minute }) => [date, minute])).toEqual([
    ["2027-03-02", 600],
    ["2027-03-02", 615],
    ["2027-03-02", 630],
  ]);
  expect(await sitDown(place, { at: "2027-03-02 10:00" })).toBeTruthy();
  const outside = await refusal(book(place, { ...at, minute: 1050 }));
  expect(outside.details.reasons).toMatchObject([{ code: "hours", resourceId: who }]);
});

it("moves, cancels and advances", async () => {
  const made = await book(place, { date: "2027-03-03" });
  const caller = callerOf(await makeMember(place.clinic, "assistant"), place.clinic);
  const moved = await caller.appointment.move({
    sittingId: made.sittingId,
    version: 1,
    date: "2027-03-04",
    minute: 600,
  });
  expect(moved.version).toBe(2);
  expect(await seen(place, made.sittingId, "2027-03-04")).toMatchObject({ localMinute: 600, version: 2 });
  const { version } = await caller.appointment.advance({ id: made.id, version: 1, to: "arrived" });
  expect((await seen(place, made.sittingId, "2027-03-04"))?.appointments[0]?.arrivedAt).toBeTruthy();
  await caller.appointment.cancel({ id: made.id, version, by: "patient" });
  expect(await seen(place, made.sittingId, "2027-03-04")).toMatchObject({ status: "cancelled", resourceIds: [] });
});

it("keeps its room when that is free, finds another when not, and can be given one", async () => {
  const here = await makeSchedule(place.clinic, { practitioners: 2, rooms: 2 });
  const { clinic, serviceId, practitioners, rooms } = here;
  await withStaff(clinic.owner.ctx, (db) =>
    db.serviceRequirement.createMany({
      data: { clinicId: clinic.id, id: newId(), serviceId, rank: 2, kind: "room", resourceType: "salle" },
    }),
  );
  const caller = callerOf(clinic.owner, clinic);
  const { sittingId } = await book(here, { resourceId: practitioners[0] });
  const [, room] = (await seen(here, sittingId))?.resourceIds ?? [];
  const other = rooms.find((id) => id !== room) as string;
  expect(rooms).toContain(room);
  const move = async (version: number, minute: number, resourceId?: string) =>
    caller.appointment.move({ sittingId, version, date: monday, minute, ...(resourceId ? { resourceId } : {}) });
  await move(1, 600);
  expect((await seen(here, sittingId))?.resourceIds).toEqual([practitioners[0], room]);
  // Somebody blocks that room an hour later.
  const at = { resourceId: room as string, locationId: here.locationId, date: monday };
  await caller.appointment.block({ ...at, id: newId(), minute: 660, durationMinutes: 60 });
  await move(2, 660);
  expect((await seen(here, sittingId))?.resourceIds).toEqual([practitioners[0], other]);
  await move(3, 720, room);
  expect((await seen(here, sittingId))?.resourceIds).toEqual([practitioners[0], room]);
  // Another room does not give it to another person: whoever leads it is busy then.
  await book(here, { minute: 840, resourceId: practitioners[0] });
  const told = await refusal(move(4, 840, other));
  expect(told.details.reasons).toMatchObject([{ code: "busy", resourceId: practitioners[0] }]);
  // With both rooms taken, it says so of each.
  await caller.appointment.block({ ...at, id: newId(), minute: 900, durationMinutes: 60 });
  await caller.appointment.block({ ...at, id: newId(), resourceId: other, minute: 900, durationMinutes: 60 });
  const none = await refusal(move(4, 900));
  const reasons = none.details.reasons as { code: string; resourceId: string | null; free: number | null }[];
  expect(reasons[0]).toMatchObject({ code: "room", needed: 1, free: 0, resourceType: "salle" });
  expect(reasons.slice(1).map(({ code, resourceId }) => [code, resourceId])).toEqual(
    expect.arrayContaining(rooms.map((id) => ["block", id])),
  );
});
