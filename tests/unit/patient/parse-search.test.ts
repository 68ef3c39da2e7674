import { describe, expect, it } from "vitest";
import { parseSearch, readDate } from "#server/patient/parse-search.ts";
import { todayIn } from "#server/patient/today.ts";

const parse = (text: string) => parseSearch(text, "2026-11-23");

describe("what a query means", () => {
  it.each([
    ["Bouchard G", { words: ["bouchard", "g"] }],
    ["  L'Écuyer  jean-luc ", { words: ["l", "ecuyer", "jean", "luc"] }],
    ["tremblay 1985-03-02", { words: ["tremblay"], birthDate: "1985-03-02" }],
    ["02/03/1985 tremblay", { words: ["tremblay"], birthDate: "1985-03-02" }],
    ["(418) 555-0142", { words: [], digits: "4185550142" }],
    ["+1 418 555 0142", { words: [], digits: "4185550142" }],
    ["0142", { words: [], digits: "0142", fileNumbers: ["0142"] }],
    ["#1042", { words: [], fileNumbers: ["1042"] }],
    ["A-1042", { words: ["a", "1042"], fileNumbers: ["A-1042"] }],
    ["roy 0142", { words: ["roy"], digits: "0142" }],
    ["TEST 5412 2816", { words: [], nam: "TEST54122816" }],
    ["#test54122816", { words: [], nam: "TEST54122816" }],
    ["TEST54132816", { words: ["test54132816"], fileNumbers: ["TEST54132816"] }],
    ["14", { words: [], fileNumbers: ["14"] }],
    ["李", { words: ["李"] }],
    ["%", { words: [] }],
    ["", { words: [] }],
  ])("%j", (text, meaning) => expect(parse(text)).toEqual(meaning));

  it("keeps eight words of a pasted page", () => {
    expect(parse("a b c d e f g h i j".repeat(50)).words).toHaveLength(8);
  });
});

describe("dates as they are typed", () => {
  it.each([
    ["1985-03-02", "1985-03-02"],
    ["1985/3/2", "1985-03-02"],
    ["19850302", "1985-03-02"],
    ["02/03/1985", "1985-03-02"],
    ["2-3-1985", "1985-03-02"],
    ["2.3.1985", "1985-03-02"],
    // Month first is believed only where day first is no date.
    ["03/25/1985", "1985-03-25"],
    ["2000-02-29", "2000-02-29"],
    ["1900-02-29", undefined],
    ["31/04/1985", undefined],
    ["1985-03", undefined],
    ["4185550142", undefined],
    ["1985-3/2", undefined],
    ["99999999", undefined],
  ])("%s is %s", (text, date) => expect(readDate(text)).toBe(date));
});

it("knows the clinic's day, not the server's", () => {
  const lateEvening = new Date("2026-11-24T03:30:00Z");
  expect(todayIn("America/Toronto", lateEvening)).toBe("2026-11-23");
  expect(todayIn("America/Halifax", lateEvening)).toBe("2026-11-23");
  expect(todayIn("Europe/Paris", lateEvening)).toBe("2026-11-24");
});
