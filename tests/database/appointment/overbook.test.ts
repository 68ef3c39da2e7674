import { afterAll, beforeAll, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { book, bookingOf, monday, seen } from "#tests/factories/appointment.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

let place: TestSchedule;
beforeAll(async () => {
  place = await makeSchedule(await makeClinic());
});
afterAll(closeDatabases);

const caller = () => callerOf(place.clinic.owner, place.clinic);
const occupancyOf = (sittingId: string) =>
  withStaff(
    place.clinic.owner.ctx,
    (db) =>
      db.$queryRaw<{ blocking: boolean; by: string | null; why: string | null }[]>`
      select blocking, overbooked_by as by, overbooking_reason as why from clinic.occupancy where clinic_id = ${place.clinic.id}::uuid and sitting_id = ${sittingId}::uuid`,
  );

it("forces a taken time with who and why, and never without the permission or the reason", async () => {
  await book(place, { minute: 540 });
  const trainee = await makeMember(place.clinic, "trainee");
  const why = "urgence dentaire";
  expect((await refusal(book(place, { minute: 570 }))).key).toBe("appointment.taken");
  expect((await refusal(book(place, { minute: 570, overbookReason: "" }))).key).toBe("appointment.taken");
  const forbidden = await refusal(book(place, { minute: 570, overbookReason: why }, trainee));
  expect(forbidden.code).toBe("Forbidden");
  const { sittingId } = await book(place, { minute: 570, overbookReason: why });
  expect(await occupancyOf(sittingId)).toEqual([{ blocking: false, by: place.clinic.owner.userId, why }]);
  expect(await seen(place, sittingId)).toMatchObject({ overbooked: true, overbookReason: why });
  await expect(book(place, { minute: 570, overbookReason: "ab" })).rejects.toThrow();
});

it("forced out of hours it blocks, so that nobody is booked over it in turn", async () => {
  const at = { date: "2027-03-02", minute: 1200 };
  const { sittingId } = await book(place, { ...at, overbookReason: "soirée de garde" });
  expect(await occupancyOf(sittingId)).toMatchObject([{ blocking: true, why: "soirée de garde" }]);
  const told = await refusal(
    caller().appointment.block({
      ...{ ...at, id: newId(), resourceId: place.practitioners[0], locationId: place.locationId },
      durationMinutes: 30,
    }),
  );
  expect(told.details.reasons).toMatchObject([{ code: "busy", sittingId }]);
});

it("a forced visit that moves to a free time blocks it like any other", async () => {
  const date = "2027-03-03";
  await book(place, { date, minute: 540 });
  const forced = await book(place, { date, minute: 540, overbookReason: "deux enfants ensemble" });
  const moved = await caller().appointment.move({ sittingId: forced.sittingId, version: 1, date, minute: 660 });
  expect(await occupancyOf(forced.sittingId)).toEqual([{ blocking: true, by: null, why: null }]);
  expect((await refusal(book(place, { date, minute: 660 }))).key).toBe("appointment.taken");
  // Back over the other: only with a reason, as before.
  const back = { sittingId: forced.sittingId, version: moved.version, date, minute: 540 };
  expect((await refusal(caller().appointment.move(back))).key).toBe("appointment.taken");
  await caller().appointment.move({ ...back, overbookReason: "deux enfants ensemble" });
  expect(await occupancyOf(forced.sittingId)).toMatchObject([{ blocking: false }]);
});

it("no day that is over, no way of visiting that the service does not have, nobody who is not a patient", async () => {
  const past = await refusal(book(place, { date: "2026-01-05" }));
  expect(past).toMatchObject({ code: "Invalid", fields: { date: "appointment.past" } });
  const made = await book(place, { date: "2027-03-04" });
  const back = caller().appointment.move({ sittingId: made.sittingId, version: 1, date: "2026-01-05", minute: 540 });
  expect((await refusal(back)).fields).toEqual({ date: "appointment.past" });
  const phone = await refusal(book(place, { date: "2027-03-04", minute: 600, mode: "phone" }));
  expect(phone.fields).toEqual({ mode: "appointment.mode" });
  expect((await refusal(book(place, { date: "2027-03-04", minute: 600, patientId: newId() }))).code).toBe("NotFound");
  // Whoever walks in is written on the day itself, at a time that has passed already.
  const today = todayIn("America/Toronto");
  const walkIn = {
    date: today,
    minute: 480,
    source: "walk-in" as const,
    patientId: (await makePatient(place.clinic.owner.ctx)).id,
  };
  expect(await caller().appointment.book(await bookingOf(place, walkIn))).toMatchObject({ version: 1 });
});

it("explains a drop: every reason at once, and what a visitor only would be refused beside", async () => {
  const [lead] = place.practitioners;
  const { sittingId } = await book(place, { date: "2027-03-05", minute: 1020 });
  const at = {
    serviceId: place.serviceId,
    locationId: place.locationId,
    date: "2027-03-05",
    minute: 1052,
    resourceId: lead,
  };
  const told = await caller().appointment.explain(at);
  expect(told.free).toBe(false);
  expect(told.reasons.map(({ code, sittingId: id }) => [code, id])).toEqual([
    ["hours", null],
    ["busy", sittingId],
  ]);
  expect(told.next).toHaveLength(3);
  const moving = await caller().appointment.explain({ ...at, minute: 1014, ignoreSittingId: sittingId });
  expect(moving).toMatchObject({ free: true, reasons: [], resourceIds: [lead] });
  expect(moving.notices.map(({ code }) => code)).toEqual(["horizon", "step"]);
  const stranger = await makeSchedule(place.clinic);
  const [other] = stranger.practitioners;
  const elsewhere = await caller().appointment.explain({ ...at, minute: 600, resourceId: other });
  expect(elsewhere.reasons.map(({ code }) => code)).toEqual(["service", "location"]);
});

it("finds the next free time, of anybody or of one", async () => {
  const next = await caller().appointment.next({ serviceId: place.serviceId, from: monday });
  expect(next).toMatchObject({
    date: monday,
    minute: 480,
    resourceId: place.practitioners[0],
    timeZone: "America/Toronto",
  });
  expect(await caller().appointment.next({ serviceId: place.serviceId, resourceIds: [newId()] })).toBeNull();
});
