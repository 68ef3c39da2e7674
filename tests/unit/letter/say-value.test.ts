import { expect, it } from "vitest";
import { findingsFirst, type ValueRow, withPressure } from "#server/letter/say-value.ts";

const row = (id: string, code: string, value: string, on = "2026-11-30"): ValueRow => ({
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
});

it("a pressure measured whole is one line, each of its day; half of one stays what it is", () => {
  const rows = [
    row("a", "bp-systolic", "128"),
    row("b", "bp-diastolic", "76"),
    row("c", "heart-rate", "68"),
    row("d", "bp-systolic", "141", "2026-10-02"),
    row("e", "bp-diastolic", "88", "2026-10-02"),
    row("f", "bp-diastolic", "90", "2026-09-01"),
  ];
  expect(withPressure(rows, "fr").map(({ id, label, value, text }) => [id, label, value ?? text])).toEqual([
    ["a", "TA", "128/76 mm\u00a0Hg"],
    ["c", "", "68"],
    ["d", "TA", "141/88 mm\u00a0Hg"],
    ["f", "", "90"],
  ]);
  expect(withPressure(rows, "en")[0]?.label).toBe("BP");
  // What is chosen as one is attached whole.
  expect(withPressure(rows, "fr").map(({ ids }) => ids)).toEqual([["a", "b"], ["c"], ["d", "e"], ["f"]]);
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
