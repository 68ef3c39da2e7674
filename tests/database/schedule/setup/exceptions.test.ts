import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sitDown } from "#tests/factories/schedule.ts";
import { told } from "#tests/factories/told.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
beforeAll(() => admin.connect());
afterAll(() => admin.end());

const open = async (timeZone = "America/Toronto") => {
  const clinic = await makeClinic();
  return {
    clinic,
    caller: callerOf(clinic.owner, clinic),
    schedule: await makeSchedule(clinic, { timeZone, rooms: 1 }),
  };
};
const whole = { title: "", fromMinute: 0, untilMinute: 1440, resourceId: null, locationId: null };
const march = { fromDate: "2027-03-13", untilDate: "2027-03-14" };
const utc = (date: Date | undefined) => date?.toISOString().slice(0, 16);

describe("exceptions", () => {
  it("are wall time of the place they are at, whatever the clocks do that night", async () => {
    const { clinic, caller } = await open();
    const islands = await makeSchedule(clinic, { timeZone: "America/Halifax" });
    const id = newId();
    const { locationId } = islands;
    await caller.schedule.exception.add({ ...whole, ...march, id, reason: "closure", locationId });
    await caller.schedule.exception.add({ ...whole, ...march, id, reason: "closure", locationId });
    const [row, ...others] = (await caller.schedule.exception.list({})).rows;
    expect(others).toEqual([]);
    // 13 March is standard time (UTC−4), the end of 14 March is not (UTC−3).
    expect([row?.timeZone, utc(row?.startsAt), utc(row?.endsAt)]).toEqual([
      "America/Halifax",
      "2027-03-13T04:00",
      "2027-03-15T03:00",
    ]);
  });

  it("that are everywhere are each location's own day in a clinic of two time zones", async () => {
    const { clinic, caller } = await open();
    await makeSchedule(clinic, { timeZone: "America/Halifax" });
    const id = newId();
    await caller.schedule.exception.add({ ...whole, ...march, id, reason: "closure" });
    const { rows } = await caller.schedule.exception.list({});
    expect(rows.map(({ timeZone, startsAt }) => `${timeZone} ${utc(startsAt)}`).sort()).toEqual([
      "America/Halifax 2027-03-13T04:00",
      "America/Toronto 2027-03-13T05:00",
    ]);
    expect(rows.map((row) => row.id)).toContain(id);
  });

  it("follow the one zone of all the locations, not the clinic's own", async () => {
    const { caller } = await open("America/Blanc-Sablon");
    await caller.schedule.exception.add({ ...whole, ...march, id: newId(), reason: "closure" });
    expect((await caller.schedule.exception.list({})).rows).toMatchObject([
      { locationId: null, timeZone: "America/Blanc-Sablon" },
    ]);
  });

  it("say beside the field what is wrong, and write nothing", async () => {
    const { caller, schedule } = await open();
    const [resourceId] = schedule.practitioners;
    const room = schedule.rooms[0] ?? "";
    const elsewhere = (await open()).schedule;
    const add = { ...whole, ...march, id: newId() };
    type Add = Parameters<typeof caller.schedule.exception.add>[0];
    const wrong: [Partial<Add> & { reason: Add["reason"] }, Record<string, string>][] = [
      [{ reason: "leave" }, { resourceId: "required" }],
      [{ reason: "closure", resourceId }, { resourceId: "malformed" }],
      [{ reason: "extra", resourceId, untilDate: "2027-03-13" }, { locationId: "required" }],
      [{ reason: "extra", resourceId, locationId: schedule.locationId }, { untilDate: "schedule.extraOneDay" }],
      [{ reason: "closure", untilDate: "2027-03-12" }, { untilDate: "schedule.endBeforeStart" }],
      [
        { reason: "closure", untilDate: "2027-03-13", fromMinute: 600, untilMinute: 600 },
        { untilMinute: "schedule.untilBeforeFrom" },
      ],
      [{ reason: "closure", untilDate: "2027-02-29" }, { untilDate: "day" }],
      [{ reason: "closure", fromDate: "0226-01-01" }, { fromDate: "dayTooFar" }],
      [{ reason: "closure", fromDate: "2026-01-01", untilDate: "2026-01-02" }, { untilDate: "schedule.past" }],
      [{ reason: "leave", resourceId: elsewhere.practitioners[0] }, { resourceId: "schedule.resourceUnknown" }],
      [{ reason: "closure", locationId: elsewhere.locationId }, { locationId: "schedule.locationUnknown" }],
      [
        { reason: "other", resourceId: room, locationId: elsewhere.locationId },
        { locationId: "schedule.locationUnknown" },
      ],
    ];
    for (const [more, fields] of wrong)
      expect(await told(caller.schedule.exception.add({ ...add, ...more })), JSON.stringify(more)).toMatchObject({
        fields,
      });
    expect((await caller.schedule.exception.list({})).rows).toEqual([]);
    // A room is closed where it stands.
    await caller.schedule.exception.add({ ...add, reason: "other", resourceId: room });
    expect((await caller.schedule.exception.list({ resourceId: room })).rows).toMatchObject([
      { locationId: schedule.locationId, kind: "closed" },
    ]);
  });

  it("change and go on top of the version that was shown; what was removed is not there any more", async () => {
    const { clinic, caller, schedule } = await open();
    const id = newId();
    await caller.schedule.exception.add({
      ...whole,
      ...march,
      id,
      reason: "leave",
      resourceId: schedule.practitioners[0],
    });
    const change = { id, version: 1, title: "Formation", ...march, fromMinute: 0, untilMinute: 720 };
    expect(await caller.schedule.exception.change(change)).toEqual({ version: 2 });
    expect(await told(caller.schedule.exception.change(change))).toMatchObject({
      key: "stale",
      details: { current: { title: "Formation", untilMinute: 720, version: 2 } },
    });
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    expect(await told(desk.schedule.exception.remove({ id, version: 2 }))).toMatchObject({ code: "Forbidden" });
    expect(await told(caller.schedule.exception.remove({ id, version: 1 }))).toMatchObject({ key: "stale" });
    await caller.schedule.exception.remove({ id, version: 2 });
    expect(await told(caller.schedule.exception.remove({ id, version: 3 }))).toMatchObject({ code: "NotFound" });
    expect(await told(caller.schedule.exception.change({ ...change, version: 3 }))).toMatchObject({ code: "NotFound" });
    expect((await caller.schedule.exception.list({})).rows).toEqual([]);
    const [kept] = await withStaff(clinic.owner.ctx, (db) => db.scheduleException.findMany({ where: { id } }));
    expect(kept?.status).toBe("removed");
  });
});

describe("holidays", () => {
  it("of eighteen months are closed in one gesture, once, and availability knows it", async () => {
    const { clinic, caller, schedule } = await open();
    const today = todayIn("America/Toronto");
    const proposed = await caller.schedule.exception.holidays();
    expect(proposed.length).toBeGreaterThanOrEqual(12);
    expect(proposed.every(({ date, closed }) => date >= today && !closed)).toBe(true);
    const first = proposed[0]?.date ?? "";
    await sitDown(schedule, { at: `${first} 09:00` });
    expect((await caller.schedule.exception.holidays())[0]).toMatchObject({ visits: 1, closed: false });

    const dates = proposed.map(({ date }) => date);
    const both = await Promise.all([
      caller.schedule.exception.acceptHolidays({ dates }),
      caller.schedule.exception.acceptHolidays({ dates }),
    ]);
    expect(both.map(({ closed }) => closed).sort()).toEqual([0, dates.length].sort());
    expect((await caller.schedule.exception.holidays()).every(({ closed }) => closed)).toBe(true);
    const { rows } = await admin.query(
      "select count(*)::int as n from clinic.find_slots($1, $2, $3::timestamptz, $3::timestamptz + interval '24 hours', null, null, false, true, null, now(), 10)",
      [clinic.id, schedule.serviceId, `${first} 05:00+00`],
    );
    expect(rows[0].n).toBe(0);
    expect((await caller.schedule.displaced({})).rows.map(({ why }) => why)).toEqual([["holiday"]]);
  });

  it("are each location's own day in two time zones, and half a day off is not the whole day", async () => {
    const { clinic, caller, schedule } = await open();
    await makeSchedule(clinic, { timeZone: "America/Halifax" });
    const [first, second] = await caller.schedule.exception.holidays();
    const date = first?.date ?? "";
    const { locationId } = schedule;
    await caller.schedule.exception.add({
      ...whole,
      id: newId(),
      reason: "closure",
      fromDate: date,
      untilDate: date,
      locationId,
    });
    const half = second?.date ?? "";
    await caller.schedule.exception.add({
      ...whole,
      id: newId(),
      reason: "closure",
      fromDate: half,
      untilDate: half,
      untilMinute: 720,
    });
    const now = await caller.schedule.exception.holidays();
    expect(now.slice(0, 2).map(({ closed }) => closed)).toEqual([false, false]);
    await caller.schedule.exception.acceptHolidays({ dates: [date] });
    expect((await caller.schedule.exception.holidays()).slice(0, 2).map(({ closed }) => closed)).toEqual([true, false]);
  });

  it("are refused for a day that is none", async () => {
    const { clinic, caller } = await open();
    expect(await told(caller.schedule.exception.acceptHolidays({ dates: ["2027-03-02"] }))).toMatchObject({
      fields: { dates: "schedule.noHoliday" },
    });
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    const [first] = await desk.schedule.exception.holidays();
    expect(await told(desk.schedule.exception.acceptHolidays({ dates: [first?.date ?? ""] }))).toMatchObject({
      code: "Forbidden",
    });
  });
});

describe("the booking policy", () => {
  it("is the usual one until the clinic decides, and changes on top of what was shown", async () => {
    const { clinic, caller } = await open();
    const { lastUpdated: _, ...usual } = await caller.schedule.policy();
    expect(usual).toMatchObject({ holdMinutes: 10, waitlistAutomatic: false, version: 0 });
    expect(await caller.schedule.changePolicy({ ...usual, holdMinutes: 5 })).toEqual({ version: 1 });
    expect(await told(caller.schedule.changePolicy({ ...usual, holdMinutes: 6 }))).toMatchObject({
      key: "stale",
      details: { current: { holdMinutes: 5, version: 1 }, changedBy: "Maude Lavallée" },
    });
    expect(await caller.schedule.changePolicy({ ...usual, version: 1, waitLimitMinutes: 30 })).toEqual({ version: 2 });
    expect(await told(caller.schedule.changePolicy({ ...usual, version: 2, holdMinutes: 31 }))).toMatchObject({
      fields: { holdMinutes: "schedule.holdMinutes" },
    });
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    expect(await told(desk.schedule.changePolicy({ ...usual, version: 2 }))).toMatchObject({ code: "Forbidden" });
  });
});
