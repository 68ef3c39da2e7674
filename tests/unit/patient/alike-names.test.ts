import { describe, expect, it } from "vitest";
import { alikeFamily, alikeGiven } from "#server/patient/alike-names.ts";
import { nearDates } from "#server/patient/near-dates.ts";

describe("names of one person", () => {
  it.each([
    ["Bouchard", "Bouchard-Tremblay"],
    ["Tremblay", "Bouchard-Tremblay"],
    ["Bouchar Tremblay", "Bouchard-Tremblay"],
    ["Bouhcard", "Bouchard"],
    ["St-Pierre", "Saint-Pierre"],
    ["Leblanc", "Le Blanc"],
    ["Le", "Le"],
  ])("%s may be %s", (one, other) => {
    expect(alikeFamily([one], [other])).toBe(true);
    expect(alikeFamily([other], [one])).toBe(true);
  });

  it.each([
    ["Saint-Jean", "Saint-Pierre"],
    ["De la Roche", "De la Rivière"],
    ["Roy", "Ray"],
    ["Gagnon", "Gagné"],
    ["", "Roy"],
  ])("%s is not %s", (one, other) => expect(alikeFamily([one], [other])).toBe(false));

  it("know a first name within several, and no other that only begins alike", () => {
    expect(alikeGiven(["Ginette"], ["Marie Ginette"])).toBe(true);
    expect(alikeGiven(["Ève"], ["Marie-Ève"])).toBe(true);
    expect(alikeGiven(["Jeanfrançois"], ["Jean-François"])).toBe(true);
    expect(alikeGiven(["Réal"], ["Joseph", "Réal"])).toBe(true);
    expect(alikeGiven(["Marie-Ève"], ["Marie-Claude"])).toBe(false);
    expect(alikeGiven(["Léa"], ["Léo"])).toBe(false);
    expect(alikeGiven([""], ["Léo"])).toBe(false);
  });
});

it("days that a slip of the hand makes are few, real and not the day itself", () => {
  const near = nearDates("1958-03-05");
  expect(near).toEqual(expect.arrayContaining(["1958-05-03", "1985-03-05", "1958-03-06", "1959-03-05"]));
  expect(near).not.toContain("1958-03-05");
  expect(near).not.toContain("1958-03-32");
  expect(near.length).toBeLessThan(60);
});
