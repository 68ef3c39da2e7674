import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextStages, type Stage, stages } from "#server/appointment/schema.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { book, monday, seen } from "#tests/factories/appointment.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

let place: TestSchedule;
beforeAll(async () => {
  place = await makeSchedule(await makeClinic(), { practitioners: 4, rooms: 1, durationMinutes: 15 });
});
afterAll(closeDatabases);

const caller = () => callerOf(place.clinic.owner, place.clinic);
const next = new Map<string, number>();
/** One after the other on a day. */
function visit(date = monday) {
  const minute = next.get(date) ?? 480;
  next.set(date, minute + 15);
  return book(place, { date, minute });
}
/** A visit brought to a state, and its version. */
async function visitAt(stage: Stage) {
  const { id, sittingId } = await visit("2027-03-02");
  if (stage === "expected") return { id, sittingId, version: 1 };
  const { version } = await caller().appointment.advance({ id, version: 1, to: stage });
  return { id, sittingId, version };
}

describe("the states of a visit's day", () => {
  it.each(stages)("from %s: those that follow, and no other", async (from) => {
    for (const to of stages) {
      const { id, version } = await visitAt(from);
      const change = caller().appointment.advance({ id, version, to });
      if (nextStages(from).includes(to)) expect((await change).version).toBe(version + 1);
      else expect((await refusal(change)).key).toBe("appointment.transition");
    }
  });
});

it("a step back takes its clock away, and a step on keeps the earlier ones", async () => {
  const { id, sittingId } = await visit();
  const [room] = place.rooms;
  const go = (version: number, to: Stage, roomId?: string | null) =>
    caller().appointment.advance({ id, version, to, ...(roomId === undefined ? {} : { roomId }) });
  const now = async () => (await seen(place, sittingId))?.appointments[0];
  await go(1, "arrived");
  await go(2, "roomed", room);
  await go(3, "with-professional");
  const inside = await now();
  expect(inside).toMatchObject({ status: "checked-in", flow: "with-professional", roomId: room });
  expect([inside?.arrivedAt, inside?.roomedAt, inside?.startedAt].every(Boolean)).toBe(true);
  await go(4, "roomed");
  expect(await now()).toMatchObject({ flow: "roomed", roomId: room, startedAt: null, arrivedAt: inside?.arrivedAt });
  await go(5, "arrived");
  expect(await now()).toMatchObject({ status: "arrived", roomId: null, roomedAt: null });
  await go(6, "done");
  const done = await now();
  expect(done).toMatchObject({ status: "fulfilled", flow: "done", arrivedAt: inside?.arrivedAt });
  expect(done?.doneAt).toBeTruthy();
});

it("takes no practitioner for a room", async () => {
  const { id } = await visit();
  const told = await refusal(
    caller().appointment.advance({ id, version: 1, to: "roomed", roomId: place.practitioners[0] }),
  );
  expect(told).toMatchObject({ code: "Invalid", fields: { roomId: "notFound" } });
});

it("two people at once: the second is shown what the first saved", async () => {
  const { id } = await visit();
  const other = callerOf(await makeMember(place.clinic, "assistant"), place.clinic);
  await other.appointment.changeReason({ id, version: 1, reason: "toux" });
  const told = await refusal(caller().appointment.advance({ id, version: 1, to: "arrived" }));
  expect(told).toMatchObject({ code: "Conflict", key: "stale" });
  expect(told.details).toMatchObject({ current: { id, version: 2, reason: "toux" } });
  expect(told.details.changedBy).toMatch(/^Membre /);
  const [first, second] = await Promise.allSettled([
    caller().appointment.advance({ id, version: 2, to: "arrived" }),
    other.appointment.cancel({ id, version: 2, by: "patient" }),
  ]);
  expect([first?.status, second?.status].sort()).toEqual(["fulfilled", "rejected"]);
});

it("confirms, and takes it back", async () => {
  const { id, sittingId } = await visit();
  await caller().appointment.confirm({ id, version: 1 });
  expect((await seen(place, sittingId))?.appointments[0]?.confirmedAt).toBeTruthy();
  await caller().appointment.confirm({ id, version: 2, confirmed: false });
  expect((await seen(place, sittingId))?.appointments[0]?.confirmedAt).toBeNull();
});

it("what was entered in error leaves the agenda, frees the time and says why in its history", async () => {
  const at = { minute: 1020, resourceId: place.practitioners[3] };
  const { id, sittingId } = await book(place, at);
  await caller().appointment.enteredInError({ id, version: 1, reason: "mauvaise personne" });
  expect(await seen(place, sittingId)).toBeUndefined();
  expect((await caller().appointment.read({ id })).errorReason).toBe("mauvaise personne");
  await book(place, at);
  expect((await refusal(caller().appointment.restore({ id, version: 2 }))).key).toBe("appointment.transition");
  expect((await refusal(caller().appointment.enteredInError({ id, version: 2, reason: "encore" }))).code).toBe(
    "Precondition",
  );
});

it("the board has a row for each person who is expected or has come", async () => {
  const date = "2027-03-09";
  const [one, two] = [await book(place, { date, minute: 540 }), await book(place, { date, minute: 600 })];
  await caller().appointment.advance({ id: two.id, version: 1, to: "arrived" });
  const gone = await book(place, { date, minute: 660 });
  await caller().appointment.cancel({ id: gone.id, version: 1, by: "patient" });
  await caller().appointment.block({
    ...{ id: newId(), resourceId: place.practitioners[0], locationId: place.locationId },
    ...{ date, minute: 720, durationMinutes: 60, title: "Dîner" },
  });
  const board = await caller().appointment.board({ date });
  expect(board.waitLimitMinutes).toBe(20);
  expect(board.rows.map(({ id, flow }) => [id, flow])).toEqual([
    [one.id, "expected"],
    [two.id, "arrived"],
  ]);
  expect(board.rows[1]?.sittingVersion).toBe(1);
});
