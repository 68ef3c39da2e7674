import { describe, expect, it } from "vitest";
import {
  type FieldKey,
  fieldNamed,
  fields,
  fillFields,
  fillLine,
  isLate,
  mergeRuns,
  openFields,
  refill,
  refillLine,
  tokenOf,
} from "#server/letter/fields-schema.ts";
import { numbersOf } from "#server/letter/rich-pages.tsx";
import { longDay, sayPriority } from "#server/letter/words.ts";
import { legible, legibleAll } from "#server/pdf/legible.ts";

const from = (name: string) => ({ kind: "variable" as const, name });

describe("DM-3: merge fields", () => {
  it("are known by their words in both languages, accents, capitals and apostrophes aside", () => {
    for (const { key } of fields)
      for (const language of ["fr", "en"] as const) {
        const name = tokenOf(key, language).slice(2, -2);
        expect(fieldNamed(name)).toBe(key);
        expect(fieldNamed(` ${name.toUpperCase().normalize("NFD")}  `)).toBe(key);
      }
    expect(fieldNamed("age")).toBe("age");
    expect(fieldNamed("Today's date")).toBe("today");
    expect(fieldNamed("Nom du chat")).toBeUndefined();
  });

  it("are filled in place, with where each came from, and keep the form of the piece that they stand in", () => {
    const text = [{ runs: ["Bonjour ", { text: "{{Nom du patient}}, {{Âge}}", bold: true as const }] }];
    expect(fillFields(text, { patientname: "Ginette Roy", age: "68 ans" })).toEqual([
      {
        runs: [
          "Bonjour ",
          { text: "Ginette Roy", bold: true, source: from("patientname") },
          { text: ", ", bold: true },
          { text: "68 ans", bold: true, source: from("age") },
        ],
      },
    ]);
  });

  it("of several lines are a list where they stand alone, and one line elsewhere", () => {
    const problems = ["HTA", "Diabète"];
    expect(fillFields([{ runs: [" {{problèmes actifs}} "] }], { problems })).toEqual([
      { list: "bullet", runs: [{ text: "HTA", source: from("problems") }] },
      { list: "bullet", runs: [{ text: "Diabète", source: from("problems") }] },
    ]);
    const line = [{ runs: ["Connu pour {{Problèmes actifs}}."] }];
    expect(fillFields(line, { problems })).toEqual([
      { runs: ["Connu pour ", { text: "HTA, Diabète", source: from("problems") }, "."] },
    ]);
  });

  it("of a subject say who and what for, and never what the record holds: lists and registers show it", () => {
    const values = { patientname: "Réjean Côté", problems: ["HTA"] };
    expect(fillLine("{{Nom du patient}}, {{Problèmes actifs}}", values)).toBe("Réjean Côté, {{Problèmes actifs}}");
  });

  it("of a subject follow what is asked, letter by letter, until somebody writes in it", () => {
    const first = refillLine("Consultation en {{Spécialité demandée}}", undefined, { specialty: "C" });
    expect(first.filled).toBe("Consultation en C");
    const second = refillLine(first.filled, first, { specialty: "Cardiologie" });
    expect(second.filled).toBe("Consultation en Cardiologie");
    expect(refillLine(second.filled, second, {}).filled).toBe("Consultation en {{Spécialité demandée}}");
    expect(refillLine("Palpitations", second, { specialty: "Neurologie" }).filled).toBe("Palpitations");
  });

  it("that nothing is known of stay, each once, unknown ones told from empty ones and from those of the signature", () => {
    const text = fillFields([{ runs: ["{{Allergies}} {{NAM}} {{Fantaisie}} {{allergies}} {{Date du jour}}"] }], {
      allergies: [],
    });
    const open = openFields(text, "{{Nom du patient}}");
    expect(open.map(({ key }) => key)).toEqual(["patientname", "allergies", "nam", null, "today"]);
    expect(open.filter(isLate).map(({ key }) => key)).toEqual(["nam", "today"]);
  });

  it("cut in two by a word processor are one field", () => {
    const text = [{ runs: ["Né le {{Date ", "de naissance", "}}"] }];
    expect(mergeRuns(text)).toEqual([{ runs: ["Né le {{Date de naissance}}"] }]);
    expect(fillFields(text, { birthdate: "1958-03-14" })[0]?.runs[1]).toMatchObject({ text: "1958-03-14" });
  });

  it("follow another recipient, and come back open when there is none", () => {
    const keys: FieldKey[] = ["recipientname"];
    const first = fillFields([{ runs: ["Dre {{Nom du destinataire}},"] }], { recipientname: "Lemay" });
    const second = refill(first, { recipientname: "Fortin" }, keys, "fr");
    expect(second[0]?.runs).toEqual(["Dre ", { text: "Fortin", source: from("recipientname") }, ","]);
    expect(openFields(refill(second, {}, keys, "fr")).map(({ key }) => key)).toEqual(keys);
  });
});

describe("what a letter says on paper", () => {
  it("no sign as another one: what the fonts lack is said in signs that they have", () => {
    expect(legible("DFG ≥ 54, SpO₂ ↓, 10⁹/L, Łukasz Ó Briain, œdème, 3 µg, 李")).toBe(
      "DFG >= 54, SpO2 (-), 10^9/L, Łukasz Ó Briain, œdème, 3 µg, ?",
    );
    expect(legibleAll({ a: ["≤", { b: "→" }], c: null, d: 3 })).toEqual({ a: ["<=", { b: "->" }], c: null, d: 3 });
  });

  it("dates and priorities in the letter’s language", () => {
    expect(longDay("2026-12-01", "fr")).toBe("1er décembre 2026");
    expect(longDay("2026-12-01", "en")).toBe("December 1, 2026");
    expect(sayPriority("b", "fr")).toBe("B (10 jours ou moins)");
    expect(sayPriority("", "en")).toBe("");
  });

  it("numbers each list from one, and lists in lists by themselves", () => {
    const item = (depth: number) => ({ list: "number" as const, depth, runs: ["x"] });
    expect(numbersOf([{ list: "bullet", runs: ["x"] }, item(1)])).toEqual([0, 1]);
    expect(numbersOf([item(1), item(1), item(2), item(2), item(1), { runs: [] }, item(1)])).toEqual([
      1, 2, 1, 2, 3, 0, 1,
    ]);
  });
});
