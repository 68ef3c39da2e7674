import { expect, it } from "vitest";
import { weekOf } from "#app/clinic/[clinic]/_schedule/wall-time.ts";
import { startOfWeek } from "#server/schedule/week.ts";

it("a week begins on Monday, from one year to the next too", () => {
  const cases = [
    ["2026-11-30", "2026-11-30"],
    ["2026-12-06", "2026-11-30"],
    ["2027-01-01", "2026-12-28"],
    ["2028-02-29", "2028-02-28"],
  ] as const;
  for (const [day, monday] of cases) {
    expect(startOfWeek(day), day).toBe(monday);
    expect(weekOf(day)[0]).toBe(monday);
  }
});
