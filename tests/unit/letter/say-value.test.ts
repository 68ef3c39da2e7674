import { expect, it } from "vitest";
import { findingsFirst, type ValueRow, withPressure } from "#server/letter/say-value.ts";

const row = (id: string, code: string, value: string, panelId: string | null = null, on = "2026-11-30"): ValueRow => ({
  id,
  code,
  label: "",
  on,
  value,
  comparator: "",
  unit: "mmHg",
  text: "",
  low: null,
  high: null,
  panelId,
});

it("a pressure measured whole is one line, each of its panel; half of one stays what it is, also beside another of its day", () => {
  const rows = [
    row("g", "bp-systolic", "152", "4"),
    row("a", "bp-systolic", "128", "1"),
    row("b", "bp-diastolic", "76", "1"),
    row("c", "heart-rate", "68", "1"),
    row("d", "bp-systolic", "141", "2", "2026-10-02"),
    row("e", "bp-diastolic", "88", "2", "2026-10-02"),
    row("f", "bp-diastolic", "90", "3", "2026-09-01"),
    row("h", "bp-systolic", "119"),
    row("i", "bp-diastolic", "71"),
  ];
  expect(withPressure(rows, "fr").map(({ id, label, value, text }) => [id, label, value ?? text])).toEqual([
    ["g", "", "152"],
    ["a", "TA", "128/76 mm\u00a0Hg"],
    ["c", "", "68"],
    ["d", "TA", "141/88 mm\u00a0Hg"],
    ["f", "", "90"],
    ["h", "", "119"],
    ["i", "", "71"],
  ]);
  expect(withPressure(rows, "en")[1]?.label).toBe("BP");
  // What is chosen as one is attached whole.
  expect(withPressure(rows, "fr").map(({ ids }) => ids)).toEqual([
    ["g"],
    ["a", "b"],
    ["c"],
    ["d", "e"],
    ["f"],
    ["h"],
    ["i"],
  ]);
});

it("findings stand before what is measured on the person, each in the order in which it came", () => {
  const rows = [
    row("a", "weight", "70"),
    row("b", "=hba1c", "7.1"),
    row("c", "bp-systolic", "128"),
    row("d", "=k", "4.1"),
  ];
  expect(findingsFirst(rows).map(({ id }) => id)).toEqual(["b", "d", "a", "c"]);
});
