import { describe, expect, it } from "vitest";
import { layOutLanes, type Timed } from "#app/clinic/[clinic]/_schedule/lanes.ts";

const event = (id: string, from: number, until: number): Timed => ({ id, from, until });

describe("the lanes of a column", () => {
  it("give a visit that overlaps nothing the whole width", () => {
    const lanes = layOutLanes([event("a", 600, 620), event("b", 620, 640)]);
    expect(lanes.get("a")).toEqual({ lane: 0, lanes: 1, span: 1 });
    expect(lanes.get("b")).toEqual({ lane: 0, lanes: 1, span: 1 });
  });

  it("put an overbooking beside what it overlaps", () => {
    const lanes = layOutLanes([event("late", 610, 630), event("a", 600, 620)]);
    expect(lanes.get("a")).toEqual({ lane: 0, lanes: 2, span: 1 });
    expect(lanes.get("late")).toEqual({ lane: 1, lanes: 2, span: 1 });
  });

  it("take a lane again as soon as it is free, and share one count in what hangs together", () => {
    const lanes = layOutLanes([event("long", 600, 700), event("one", 600, 620), event("two", 620, 640)]);
    expect(lanes.get("long")?.lane).toBe(0);
    expect(lanes.get("one")).toEqual({ lane: 1, lanes: 2, span: 1 });
    expect(lanes.get("two")).toEqual({ lane: 1, lanes: 2, span: 1 });
  });

  it("let an event spread over the lanes that nothing fills beside it", () => {
    const lanes = layOutLanes([event("a", 600, 660), event("b", 600, 620), event("c", 600, 620), event("d", 630, 660)]);
    expect(lanes.get("d")).toEqual({ lane: 1, lanes: 3, span: 2 });
  });

  it("never let two events that overlap share a place, whatever the day", () => {
    let seed = 7;
    const chance = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    for (let round = 0; round < 300; round += 1) {
      const events = Array.from({ length: 25 }, (_, index) => {
        const from = Math.floor(chance() * 120) * 5;
        return event(String(index), from, from + 5 + Math.floor(chance() * 20) * 5);
      });
      const lanes = layOutLanes(events);
      expect(lanes.size).toBe(events.length);
      for (const one of events) {
        const its = lanes.get(one.id);
        expect(its && its.lane + its.span).toBeLessThanOrEqual(its?.lanes ?? 0);
        for (const other of events) {
          if (one === other || one.from >= other.until || other.from >= one.until) continue;
          const theirs = lanes.get(other.id);
          const apart = its && theirs && (its.lane + its.span <= theirs.lane || theirs.lane + theirs.span <= its.lane);
          expect(apart, `${JSON.stringify([one, its, other, theirs])}`).toBe(true);
        }
      }
    }
  });
});
