import { describe, expect, it } from "vitest";
import { type HoursRule, openingHours } from "#server/public-page/opening-hours.ts";

const zone = "America/Toronto";
const rule = (weekday: number, fromMinute: number, untilMinute: number, more: Partial<HoursRule> = {}): HoursRule => ({
  kind: "open",
  weekday,
  fromMinute,
  untilMinute,
  validFrom: "2026-01-01",
  validUntil: null,
  everyWeeks: 1,
  ...more,
});
const weekdays = [1, 2, 3, 4, 5].map((day) => rule(day, 480, 1200));
// A Tuesday, 8 h 10 in Québec.
const tuesday = new Date("2026-11-24T13:10:00Z");
const at = (rules: HoursRule[], now: Date, closures: { startsAt: string; endsAt: string }[] = []) =>
  openingHours(rules, closures, zone, now);

describe("opening hours", () => {
  it("say nothing where none were written", () => {
    expect(at([], tuesday)).toBeNull();
    expect(at([rule(1, 480, 600, { kind: "closed" })], tuesday)).toBeNull();
  });

  it("are of the place's own clock: open until the end of the span that now is in", () => {
    expect(at(weekdays, tuesday)?.now).toEqual({ state: "open", until: 1200 });
    // The same instant is still night in the Pacific, and the place opens later that day.
    expect(openingHours(weekdays, [], "America/Vancouver", tuesday)?.now).toEqual({
      state: "opens",
      date: "2026-11-24",
      from: 480,
      days: 0,
    });
  });

  it("say the next opening, past a lunch, an evening and a weekend", () => {
    const withLunch = [...weekdays, ...[1, 2, 3, 4, 5].map((day) => rule(day, 720, 780, { kind: "closed" }))];
    expect(at(withLunch, new Date("2026-11-24T17:30:00Z"))?.now).toEqual({
      state: "opens",
      date: "2026-11-24",
      from: 780,
      days: 0,
    });
    expect(at(weekdays, new Date("2026-11-25T01:00:00Z"))?.now).toMatchObject({ state: "opens", date: "2026-11-25" });
    expect(at(weekdays, new Date("2026-11-28T02:00:00Z"))?.now).toEqual({
      state: "opens",
      date: "2026-11-30",
      from: 480,
      days: 3,
    });
  });

  it("join hours that touch, and take a lunch away from them", () => {
    const rules = [rule(2, 480, 720), rule(2, 720, 900), rule(2, 600, 615, { kind: "closed" })];
    expect(at(rules, tuesday)?.week.find(({ weekday }) => weekday === 2)?.spans).toEqual([
      { from: 480, until: 600 },
      { from: 615, until: 900 },
    ]);
  });

  it("keep the week in order, from Monday, whatever day it is", () => {
    expect(at(weekdays, tuesday)?.week.map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(at(weekdays, tuesday)?.week[0]?.date).toBe("2026-11-30");
  });

  it("follow validity, and every second week from its first", () => {
    const odd = rule(2, 480, 600, { everyWeeks: 2, validFrom: "2026-11-10" });
    expect(at([odd], tuesday)?.now.state).toBe("open");
    expect(at([odd], new Date("2026-12-01T13:10:00Z"))?.now).toMatchObject({ date: "2026-12-08" });
    expect(at([rule(2, 480, 600, { validUntil: "2026-11-23" })], tuesday)?.now).toEqual({ state: "closed" });
  });

  it("close for a closure, and name the whole days that come", () => {
    const wholeDay = { startsAt: "2026-11-24T05:00:00Z", endsAt: "2026-11-25T05:00:00Z" };
    const seen = at(weekdays, tuesday, [wholeDay]);
    expect(seen?.now).toMatchObject({ state: "opens", date: "2026-11-25" });
    expect(seen?.closures).toEqual([{ from: "2026-11-24", until: "2026-11-24" }]);
    // A meeting of two hours closes the door and is no day of closure.
    const meeting = { startsAt: "2026-11-24T13:00:00Z", endsAt: "2026-11-24T15:00:00Z" };
    const busy = at(weekdays, tuesday, [meeting]);
    expect(busy?.now).toEqual({ state: "opens", date: "2026-11-24", from: 600, days: 0 });
    expect(busy?.closures).toEqual([]);
    // It still belongs to the usual week.
    expect(busy?.week.find(({ weekday }) => weekday === 2)?.spans).toEqual([{ from: 480, until: 1200 }]);
  });

  it("are right on the day the clocks change", () => {
    const sunday = [rule(7, 540, 1020)];
    expect(at(sunday, new Date("2026-11-01T13:30:00Z"))?.now).toMatchObject({ state: "opens", from: 540, days: 0 });
    expect(at(sunday, new Date("2026-11-01T14:30:00Z"))?.now).toEqual({ state: "open", until: 1020 });
  });
});
