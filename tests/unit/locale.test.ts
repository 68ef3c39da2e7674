import { describe, expect, it } from "vitest";
import { localeOf, negotiate } from "#app/_i18n/locale.ts";
import { matchItems } from "#app/_ui/palette/match.ts";
import { initials } from "#app/_ui/person/initials.ts";

describe("language of a request", () => {
  it.each([
    [null, "fr-CA"],
    ["", "fr-CA"],
    ["en", "en-CA"],
    ["en-US,en;q=0.9", "en-CA"],
    ["fr-FR, en;q=0.8", "fr-CA"],
    ["en;q=0.3, fr;q=0.7", "fr-CA"],
    ["de, es;q=0.9", "fr-CA"],
    ["de, en;q=0.1", "en-CA"],
    ["fr;q=0, en;q=0.1", "en-CA"],
    [";;;,,,q=x", "fr-CA"],
    [`${"x".repeat(5000)},en`, "fr-CA"],
  ])("%s → %s", (header, locale) => {
    expect(negotiate(header)).toBe(locale);
  });

  it("knows only our two languages", () => {
    expect([localeOf("fr"), localeOf("en"), localeOf("de"), localeOf("fr-CA"), localeOf(undefined)]).toEqual([
      "fr-CA",
      "en-CA",
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("initials", () => {
  it.each([
    ["Anne-Sophie Gagnon", "AG"],
    ["Dre Maude Lavallée", "ML"],
    ["Émile", "É"],
    ["李 小龙", "李小"],
    ["  éloïse   o’neil ", "ÉO"],
    ["👩‍⚕️ Roy", "R"],
    ["", ""],
    ["محمد علي", "مع"],
  ])("%s → %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe("palette", () => {
  const items = ["Équipe", "Réglages", "Journal des accès", "Soignants"].map((label) => ({ id: label, label }));
  const found = (query: string) => matchItems(items, query).map(({ label }) => label);

  it("ignores accents and case, and matches the beginning of any word", () => {
    expect(found("equ")).toEqual(["Équipe"]);
    expect(found("ACCES")).toEqual(["Journal des accès"]);
    expect(found("jour acc")).toEqual(["Journal des accès"]);
    expect(found("gnants")).toEqual([]);
    expect(found("")).toHaveLength(4);
  });
});
