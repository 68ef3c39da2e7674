import { expect, it } from "vitest";
import { ageOn } from "#server/chart/age-on.ts";

it.each([
  ["2026-11-30", "2026-11-30", { unit: "days", count: 0 }],
  ["2026-11-01", "2026-11-30", { unit: "days", count: 29 }],
  ["2026-10-31", "2026-11-30", { unit: "days", count: 30 }],
  ["2026-10-30", "2026-11-30", { unit: "months", count: 1 }],
  ["2024-12-01", "2026-11-30", { unit: "months", count: 23 }],
  ["2024-11-30", "2026-11-30", { unit: "years", count: 2 }],
  ["1958-03-14", "2026-03-13", { unit: "years", count: 67 }],
  ["1958-03-14", "2026-03-14", { unit: "years", count: 68 }],
  ["2012-02-29", "2026-02-28", { unit: "years", count: 13 }],
  ["2012-02-29", "2026-03-01", { unit: "years", count: 14 }],
] as const)("born %s, on %s", (born, on, age) => expect(ageOn(born, on)).toEqual(age));
