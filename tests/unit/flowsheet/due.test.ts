import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, dueOf } from "#server/flowsheet/due.ts";
import { flowsheets, flowsheetsFor } from "#server/flowsheet/flowsheets.ts";

describe("when a row is due", () => {
  test.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-08-24", 3, "2026-11-24"],
    ["2026-11-30", 3, "2027-02-28"],
  ])("%s and %d months: %s", (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  test.each([
    [undefined, "never"],
    ["2026-08-24", "overdue"],
    ["2026-08-30", "soon"],
    ["2026-09-20", "soon"],
    ["2026-11-01", "fine"],
  ])("last done %s, every three months, on 2026-11-30: %s", (last, state) => {
    expect(dueOf(last, 3, "2026-11-30").state).toBe(state);
  });

  test("later months are later days", () => {
    const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (date, months) => {
        const from = date.toISOString().slice(0, 10);
        expect(addMonths(from, months) > from).toBe(true);
        expect(addMonths(from, months + 1) > addMonths(from, months)).toBe(true);
      }),
    );
  });
});

test("diabetes and hypertension are data, and are proposed by their problems' words", () => {
  expect(flowsheets.map(({ key }) => key)).toEqual(["diabetes", "hypertension"]);
  expect(flowsheetsFor(["Diabète de type 2", "HTA essentielle"]).map(({ key }) => key)).toEqual([
    "diabetes",
    "hypertension",
  ]);
  expect(flowsheetsFor(["Gonarthrose droite"])).toEqual([]);
});
