import { afterAll, beforeAll, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { book, seen } from "#tests/factories/appointment.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sitDown, type TestSchedule } from "#tests/factories/schedule.ts";

/** A series is rows of their own. The clocks go forward on March 14, 2027: a Monday's 9 h stays 9 h. */
let place: TestSchedule;
let patientId: string;
const mondays = ["2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22"];
const weekly = { frequency: "weekly" as const, occurrences: 4 };

beforeAll(async () => {
  place = await makeSchedule(await makeClinic(), { practitioners: 1, rooms: 0 });
  patientId = (await makePatient(place.clinic.owner.ctx)).id;
});
afterAll(closeDatabases);

const caller = () => callerOf(place.clinic.owner, place.clinic);

/** Where the visits of a series stand: day, minutes, and the instant's hour in UTC. */
async function visits(appointmentId: string) {
  const { series } = await caller().appointment.read({ id: appointmentId });
  return series?.visits.map(({ date, minute, startsAt, sittingStatus, index }) => ({
    index,
    date,
    minute,
    utc: new Date(startsAt).getUTCHours(),
    off: sittingStatus === "cancelled",
  }));
}

it("keeps the wall time across a change of clocks, and moves one, those after, or all to come", async () => {
  const first = await book(place, { patientId, series: weekly });
  expect(first.seriesId).not.toBeNull();
  expect(await visits(first.id)).toEqual(
    mondays.map((date, at) => ({ index: at + 1, date, minute: 540, utc: at < 2 ? 14 : 13, off: false })),
  );
  const { series } = await caller().appointment.read({ id: first.id });
  const second = series?.visits[1];
  if (!second) throw new Error("the series is too short");

  // This one alone, to Tuesday.
  await caller().appointment.move({ sittingId: second.sittingId, version: 1, date: "2027-03-09", minute: 600 });
  expect((await visits(first.id))?.map(({ date }) => date)).toEqual([
    "2027-03-01",
    "2027-03-09",
    "2027-03-15",
    "2027-03-22",
  ]);

  // It and those after: a day back, an hour later; the first stays.
  const moved = await caller().appointment.move({
    ...{ sittingId: second.sittingId, version: 2, date: "2027-03-08", minute: 660, scope: "following" },
  });
  expect(moved.sittings).toHaveLength(3);
  expect((await visits(first.id))?.map(({ date, minute, utc }) => [date, minute, utc])).toEqual([
    ["2027-03-01", 540, 14],
    ["2027-03-08", 660, 16],
    ["2027-03-14", 660, 15],
    ["2027-03-21", 660, 15],
  ]);

  // All of them, onto places that others of the same series leave.
  await caller().appointment.move({
    sittingId: second.sittingId,
    version: 3,
    date: "2027-03-15",
    minute: 540,
    scope: "all",
  });
  expect((await visits(first.id))?.map(({ date, minute }) => [date, minute])).toEqual([
    ["2027-03-08", 540],
    ["2027-03-15", 540],
    ["2027-03-21", 540],
    ["2027-03-28", 540],
  ]);
});

it("refuses the whole series with each date that is taken, or leaves those out when told to", async () => {
  const [minute] = [780];
  await sitDown(place, { at: "2027-04-12 13:00" });
  const asked = { patientId, date: "2027-04-05", minute };
  const told = await refusal(book(place, { ...asked, series: weekly }));
  expect(told).toMatchObject({ code: "Conflict", key: "appointment.taken" });
  expect(told.details.dates).toMatchObject([{ date: "2027-04-12", minute, reasons: [{ code: "busy" }] }]);
  const made = await book(place, { ...asked, series: { ...weekly, skipTaken: true } });
  expect(made.skipped.map(({ date }) => date)).toEqual(["2027-04-12"]);
  expect((await visits(made.id))?.map(({ date }) => date)).toEqual(["2027-04-05", "2027-04-19", "2027-04-26"]);
  // What would have been refused left nothing behind.
  const { sittings } = await caller().appointment.agenda({ from: "2027-04-05", until: "2027-04-30" });
  expect(sittings).toHaveLength(4);
});

it("moves none when one of them cannot", async () => {
  const made = await book(place, { patientId, date: "2027-05-03", minute: 480, series: weekly });
  await sitDown(place, { at: "2027-05-11 10:00" });
  const told = await refusal(
    caller().appointment.move({ sittingId: made.sittingId, version: 1, date: "2027-05-04", minute: 630, scope: "all" }),
  );
  expect(told.details.dates).toMatchObject([{ date: "2027-05-11", reasons: [{ code: "busy" }] }]);
  expect((await visits(made.id))?.map(({ date, minute }) => [date, minute])).toEqual(
    ["2027-05-03", "2027-05-10", "2027-05-17", "2027-05-24"].map((date) => [date, 480]),
  );
});

it("one cancelled leaves the rest; those after it, or all, go when asked", async () => {
  const made = await book(place, { patientId, date: "2027-06-07", minute: 840, series: weekly });
  const list = (await caller().appointment.read({ id: made.id })).series?.visits ?? [];
  const at = (n: number) => ({ id: list[n]?.appointmentId as string, version: 1, by: "clinic" as const });
  await caller().appointment.cancel(at(1));
  expect((await visits(made.id))?.map(({ off }) => off)).toEqual([false, true, false, false]);
  const { appointments } = await caller().appointment.cancel({ ...at(2), scope: "following" });
  expect(appointments.map(({ id }) => id)).toEqual([list[2]?.appointmentId, list[3]?.appointmentId]);
  expect((await visits(made.id))?.map(({ off }) => off)).toEqual([false, true, true, true]);
  // Each comes back by itself, and another person's booking in between keeps it away.
  const assistant = await makeMember(place.clinic, "assistant");
  await book(place, { date: "2027-06-14", minute: 840 }, assistant);
  const told = await refusal(caller().appointment.restore({ id: at(1).id, version: 2 }));
  expect(told).toMatchObject({ key: "appointment.taken", details: { reasons: [{ code: "busy" }] } });
  expect((await caller().appointment.restore({ id: at(2).id, version: 2 })).version).toBe(3);
  expect(await seen(place, list[2]?.sittingId as string, "2027-06-21")).toMatchObject({
    status: "booked",
    appointments: [{ status: "booked", flow: "expected", cancelledBy: null }],
  });
});

it("a time that the spring skips is no time", async () => {
  const told = await refusal(
    caller().appointment.block({
      ...{ id: newId(), resourceId: place.practitioners[0], locationId: place.locationId },
      ...{ date: "2027-03-14", minute: 150, durationMinutes: 30, overbookReason: "essai" },
    }),
  );
  expect(told.details.reasons).toMatchObject([{ code: "clock" }]);
  const visit = await refusal(book(place, { patientId, date: "2027-03-14", minute: 150, overbookReason: "essai" }));
  expect((visit.details.reasons as { code: string }[]).map(({ code }) => code)).toContain("clock");
});
