import { describe, expect, it } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { HoursRule } from "#server/schedule/hours/schema.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { monday } from "#tests/factories/procedures/schedule.ts";
import { makeSchedule, sitDown } from "#tests/factories/schedule.ts";
import { told } from "#tests/factories/told.ts";

async function aWeek() {
  const clinic = await makeClinic();
  const caller = callerOf(clinic.owner, clinic);
  const schedule = await makeSchedule(clinic);
  // Another place, where nobody has hours yet.
  const { locationId } = await makeSchedule(clinic);
  const resourceId = schedule.practitioners[0];
  const replace = (rules: HoursRule[], stamp = "0") =>
    caller.schedule.hours.replace({ resourceId, locationId, stamp, rules });
  return { clinic, caller, schedule, resourceId, locationId, replace };
}

describe("hours", () => {
  it("replace a week whole: what stays keeps its version, what goes is removed and kept", async () => {
    const { clinic, caller, resourceId, locationId, replace } = await aWeek();
    const [first, second, third] = [monday(), { ...monday(), weekday: 2 }, { ...monday(), weekday: 3 }];
    const week = await replace([first, second, third]);
    const again = await replace([first, { ...second, untilMinute: 700 }], week.stamp);
    expect(again.rules).toEqual([first, { ...second, untilMinute: 700 }]);
    const rows = await withStaff(clinic.owner.ctx, (db) =>
      db.scheduleRule.findMany({ where: { resourceId, locationId }, orderBy: { weekday: "asc" } }),
    );
    expect(rows.map(({ status, version }) => `${status} ${version}`)).toEqual(["active 1", "active 2", "removed 2"]);
    // The same week again is no change.
    expect(await replace(again.rules, again.stamp)).toEqual(again);
    // One that was removed may come back.
    expect((await replace([third], again.stamp)).rules).toEqual([third]);
    const all = await caller.schedule.hours.read({ resourceId });
    expect(all.find((one) => one.locationId === locationId)?.rules).toEqual([third]);
    expect(all).toHaveLength(2);
  });

  it("are refused on top of a week that somebody else saved, even when both save at once", async () => {
    const { replace, clinic, caller, resourceId, locationId } = await aWeek();
    const both = await Promise.allSettled([replace([monday()]), replace([{ ...monday(), weekday: 5 }])]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const second = callerOf(await makeMember(clinic, "administrator"), clinic);
    const late = { resourceId, locationId, stamp: "0", rules: [] };
    const refused = await told(second.schedule.hours.replace(late));
    expect(refused).toMatchObject({ key: "stale", details: { changedBy: "Maude Lavallée" } });
    expect((refused.details.current as { rules: unknown[] }).rules).toHaveLength(1);
    const weeks = await caller.schedule.hours.read({ resourceId });
    expect(weeks.find((one) => one.locationId === locationId)?.rules).toHaveLength(1);
  });

  it("say beside the range what is wrong with it", async () => {
    const { replace, clinic, caller, schedule, locationId } = await aWeek();
    const rule = monday();
    const service = { ...monday(), serviceId: schedule.serviceId };
    const wrong: [HoursRule[], Record<string, string>][] = [
      [[{ ...rule, untilMinute: 480 }], { "0.untilMinute": "schedule.untilBeforeFrom" }],
      [[{ ...rule, untilMinute: 1441 }], { "0.untilMinute": "schedule.time" }],
      [[{ ...rule, fromMinute: -5 }], { "0.fromMinute": "schedule.time" }],
      [[rule, { ...monday(), fromMinute: 700, untilMinute: 800 }], { "1.fromMinute": "schedule.overlap" }],
      [[{ ...rule, validFrom: "2026-02-30" }], { "0.validFrom": "day" }],
      [[{ ...rule, validUntil: "2025-12-31" }], { "0.validUntil": "schedule.endBeforeStart" }],
      [[{ ...rule, newPatients: true }], { "0.newPatients": "malformed" }],
      [[{ ...rule, serviceId: newId() }], { "0.serviceId": "schedule.serviceUnknown" }],
    ];
    for (const [rules, fields] of wrong) {
      const prefixed = Object.fromEntries(Object.entries(fields).map(([at, key]) => [`rules.${at}`, key]));
      expect(await told(replace(rules)), JSON.stringify(fields)).toMatchObject({ fields: prefixed });
    }
    // A rule of somebody else's week does not move into this one.
    const [theirs] = await caller.schedule.hours.read({ resourceId: schedule.practitioners[0] });
    const stolen = theirs?.rules[0] ?? rule;
    if (theirs?.locationId === locationId) throw new Error("the first week is the schedule's own place");
    expect(await told(replace([stolen]))).toMatchObject({ fields: { "rules.0.id": "malformed" } });
    // Two that touch, two that alternate, one beside a service's own, one that closes: all of that is a week.
    const fine = [
      rule,
      { ...monday(), fromMinute: 720, untilMinute: 800 },
      service,
      { ...monday(), kind: "closed" as const, newPatients: true },
      { ...monday(), weekday: 2, everyWeeks: 2, validFrom: "2026-01-05" },
      { ...monday(), weekday: 2, everyWeeks: 2, validFrom: "2026-01-12" },
      { ...monday(), weekday: 4, validUntil: "2026-06-30" },
      { ...monday(), weekday: 4, validFrom: "2026-07-01" },
    ];
    expect((await replace(fine)).rules).toHaveLength(8);
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    const call = desk.schedule.hours.replace({ resourceId: null, locationId, stamp: "0", rules: [] });
    expect(await told(call)).toMatchObject({ code: "Forbidden" });
  });

  it("of a location are its opening hours, and nothing that books", async () => {
    const { caller, schedule, locationId } = await aWeek();
    const week = { resourceId: null, locationId, stamp: "0" };
    const rule = monday();
    expect((await caller.schedule.hours.replace({ ...week, rules: [rule] })).rules).toEqual([rule]);
    const closed = { ...monday(), kind: "closed" as const };
    const answer = await told(
      caller.schedule.hours.replace({ ...week, locationId: schedule.locationId, rules: [closed] }),
    );
    expect(answer).toMatchObject({ fields: { "rules.0.kind": "schedule.openingOnly" } });
  });

  it("belong to practitioners: a room has none", async () => {
    const { clinic, caller } = await aWeek();
    const { rooms, locationId } = await makeSchedule(clinic, { rooms: 1 });
    const week = { resourceId: rooms[0] ?? "", locationId, stamp: "0", rules: [monday()] };
    expect(await told(caller.schedule.hours.replace(week))).toMatchObject({
      fields: { resourceId: "schedule.practitionerHours" },
    });
  });

  it("leave booked visits where they are, and name those that no longer fit, with why", async () => {
    const { clinic, caller, schedule } = await aWeek();
    const [resourceId] = schedule.practitioners;
    await sitDown(schedule, { at: "2027-03-01 09:00" });
    await sitDown(schedule, { at: "2027-03-02 09:00" });
    const meant = { by: clinic.owner.userId, why: "demandé par le patient" };
    await sitDown(schedule, { at: "2027-03-02 09:30", overbooked: meant });
    expect((await caller.schedule.displaced({})).rows).toEqual([]);

    const weeks = await caller.schedule.hours.read({ resourceId });
    const { stamp = "0" } = weeks.find((one) => one.locationId === schedule.locationId) ?? {};
    const rules = [
      { ...monday(), fromMinute: 480, untilMinute: 600 },
      { ...monday(), weekday: 2, fromMinute: 560 },
    ];
    await caller.schedule.hours.replace({ resourceId, locationId: schedule.locationId, stamp, rules });
    expect((await caller.schedule.displaced({})).rows.map(({ why }) => why)).toEqual([["hours"]]);

    const leave = { title: "", fromMinute: 0, untilMinute: 1440, locationId: null };
    const days = { fromDate: "2027-03-01", untilDate: "2027-03-02" };
    await caller.schedule.exception.add({ ...leave, ...days, id: newId(), reason: "leave", resourceId });
    const { rows, after } = await caller.schedule.displaced({ most: 1 });
    expect(rows.map(({ why }) => why)).toEqual([["leave"]]);
    const next = await caller.schedule.displaced({ most: 5, after: after ?? "" });
    // The overbooked one too: the leave is younger than what was meant.
    expect(next.rows.map(({ why }) => why)).toEqual([["hours", "leave"], ["leave"]]);
    expect(next.after).toBeNull();
  });

  it("of somebody who left, of a service or a place that closed, are named too; staff alone read the list", async () => {
    const { clinic, caller, schedule } = await aWeek();
    const [resourceId] = schedule.practitioners;
    await sitDown(schedule, { at: "2027-03-01 09:00" });
    await caller.practitioner.change({
      id: resourceId,
      version: 1,
      active: false,
      prefix: "",
      familyName: "Gagnon",
      givenName: "Ève",
      profession: "physician",
      permitNumber: "",
      signatureLine: "",
      membershipId: null,
    });
    const service = await caller.schedule.service.read({ id: schedule.serviceId });
    await caller.schedule.service.change({ ...service, active: false });
    const { rows } = await caller.schedule.displaced({});
    expect(rows).toMatchObject([{ why: ["service", "resource"], resourceId, people: [] }]);
    const trainee = callerOf(await makeMember(clinic, "privacy_officer"), clinic);
    expect(await told(trainee.schedule.displaced({}))).toMatchObject({ code: "Forbidden" });
  });
});
