import { expect, test } from "vitest";
import { isSameEntry } from "#server/record-entry/same-entry.ts";

const named = (words: string, code = "", codeSystem = "chevet") => ({ codeSystem, code, words: [words] });

test.each([
  ["Pénicilline", "penicilline"],
  ["  Jaune d'œuf ", "JAUNE D’OEUF"],
  ["Sulfa (sulfamidés)", "sulfa sulfamides"],
])("« %s » and « %s » are one", (one, other) => {
  expect(isSameEntry(named(one), named(other))).toBe(true);
});

test("one code of one list is one thing, whatever its words; of another list it is not", () => {
  expect(isSameEntry(named("Pénicilline", "p1"), named("Penicillin", "p1"))).toBe(true);
  expect(isSameEntry(named("Pénicilline", "p1"), named("Penicillin", "p1", "other"))).toBe(false);
});

test("no code and no words are nothing in common", () => {
  expect(isSameEntry(named(""), named(""))).toBe(false);
  expect(isSameEntry(named("Pénicilline"), named("Pénicilline G"))).toBe(false);
});
