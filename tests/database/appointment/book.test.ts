import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
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
