import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { conceptWords } from "#server/terminology/concept-words.ts";
import { readList } from "#server/terminology/read-list.ts";

describe("a list as CSV", () => {
  test("with commas or semicolons, with a byte order mark, with or without English", () => {
    const read = {
      rows: [{ kind: "problem", code: "a1", fr: "Orteil noir", en: "Orteil noir", synonyms: "" }],
      faults: [],
    };
    expect(readList("kind,code,fr\nproblem,a1,Orteil noir\n")).toEqual(read);
    expect(readList("\uFEFFkind;code;fr\r\nproblem;a1;Orteil noir\r\n")).toEqual(read);
  });

  test("each fault is told by its line", () => {
    const { faults } = readList(
      "kind,code,fr\nproblem,a1,Un\nmaladie,a2,Deux\nproblem,a 3,Trois\nproblem,a1,Un\nproblem,a4,\n",
    );
    expect(faults.map(({ line, field, key }) => `${line} ${field} ${key}`)).toEqual([
      "3 kind terminology.kind",
      "4 code terminology.code",
      "5 code terminology.twice",
      "6 fr required",
    ]);
  });

  test("what is no CSV is told, and not thrown", () => {
    expect(readList('kind,code,fr\n"problem,a1').faults).toEqual([{ line: 1, field: "csv", key: "terminology.csv" }]);
  });

  test("our own words are without a fault, and bear nobody's codes", () => {
    const { rows, faults } = readList(readFileSync(fromRoot("server/terminology/chevet.csv"), "utf8"));
    expect(faults).toEqual([]);
    expect(rows.filter(({ kind }) => kind === "problem").length).toBeGreaterThanOrEqual(100);
    // No ICD or SNOMED code: a code is an English word of ours.
    expect(rows.filter(({ code }) => !/^[a-z][a-z0-9-]*$/.test(code) || /^[a-z]\d\d/.test(code))).toEqual([]);
  });
});

test("words are folded, found in both languages, and those that begin a display stand first", () => {
  const words = conceptWords({
    fr: "Reflux gastro-œsophagien",
    en: "Gastroesophageal reflux",
    synonyms: "RGO Pneu-C-20",
  });
  expect(words.filter(({ place }) => place === 0).map(({ word }) => word)).toEqual(
    expect.arrayContaining(["reflux", "gastroesophageal", "rgo", "pneuc20"]),
  );
  expect(words.map(({ word }) => word)).toEqual(expect.arrayContaining(["gastro", "oesophagien"]));
});
