import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText, nameWords, searchText } from "#server/patient/fold-name.ts";

const named = (familyName: string, givenName = "X", preferredName = "", birthFamilyName = "") =>
  searchText({ familyName, givenName, preferredName, birthFamilyName });

describe("names folded for search", () => {
  it.each([
    ["Côté-Lévesque", "cote-levesque"],
    ["ŒUVRAY", "oeuvray"],
    ["Æsop", "aesop"],
    ["Straße", "strasse"],
    ["Łukasz", "lukasz"],
    ["İpek Işık", "ipek isik"],
    ["Nguyễn", "nguyen"],
    ["E\u0301mile", "emile"],
    ["ﬁloména", "filomena"],
    ["Ｔｒｅｍｂｌａｙ", "tremblay"],
    ["Παππάς", "παππασ"],
    ["مُحَمَّد", "محمد"],
  ])("%s is %s", (name, folded) => expect(foldText(name)).toBe(folded));

  it.each([
    ["O'Connor", ["o", "connor"]],
    ["O’Connor", ["o", "connor"]],
    ["L'Écuyer-Roy", ["l", "ecuyer", "roy"]],
    ["De la Chevrotière", ["de", "la", "chevrotiere"]],
    ["李 小龙", ["李", "小龙"]],
    ["100% Roy_Roy \\", ["100", "roy"]],
    ["--- ...", []],
  ])("%s has the words %j", (name, words) => expect(nameWords(name)).toEqual(words));

  it("finds a name typed with or without its marks, and every saint", () => {
    expect(named("O'Connor").split(" ")).toEqual(["o", "connor", "x", "oconnor"]);
    expect(named("St-Pierre").split(" ")).toEqual(["st", "pierre", "x", "stpierre", "saint"]);
    expect(named("Sainte-Marie").split(" ")).toContain("ste");
  });

  it("begins with the family name and holds every name", () => {
    expect(named("Bouchard-Tremblay", "Ginette", "Gigi", "Roy")).toBe(
      "bouchard tremblay ginette gigi roy bouchardtremblay",
    );
  });

  it("never outgrows its columns", () => {
    const long = "𠮷😀é".repeat(70).slice(0, 200);
    const text = searchText({ familyName: long, givenName: `${long} b`, preferredName: long, birthFamilyName: "c d" });
    expect([...text].length).toBeLessThanOrEqual(500);
    expect(text.split(" ").every((word) => [...word].length <= 60)).toBe(true);
  });
});

describe("for any text at all", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 80 });
  it("folding twice changes nothing", () => {
    fc.assert(fc.property(anyText, (text) => foldText(foldText(text)) === foldText(text)));
  });
  it("words have no space, no accent and no wildcard, and searching finds what was written", () => {
    fc.assert(
      fc.property(anyText, anyText, (family, given) => {
        const kept = named(family, given).split(" ");
        const words = [...nameWords(family), ...nameWords(given)];
        return words.every((word) => !/[\s%_\\\p{M}]/u.test(word) && kept.includes(word));
      }),
    );
  });
});
