import { describe, expect, it } from "vitest";
import { fictionalPerson, seededChance, syntheticNam } from "#prisma/seed/fictional-patient.ts";
import { checkDigit, formatNam, maskNam, type Nam, namInitials, namWarnings, parseNam } from "#server/patient/nam.ts";

const today = "2026-11-23";

function nam(text: string): Nam {
  const parsed = parseNam(text, today);
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}

const doe = { familyName: "Doe", birthFamilyName: "", givenName: "Jane", birthDate: "1990-01-01", sex: "male" };

describe("AC-51: format and date are hard rules", () => {
  it.each(["TEST 5412 2816", "test54122816", "TEST-5412-2816", "TEST\u00a05412\u00a02816"])("reads %s", (text) => {
    expect(nam(text)).toMatchObject({ value: "TEST54122816", sex: "male", birthDates: ["1954-12-28"] });
  });

  it.each(["", "TEST5412281", "TES154122816", "TEST541228166", "ÉEST54122816", "TEST5412281A", "TEST54122806"])(
    "refuses the form of « %s »",
    (text) => expect(parseNam(text, today)).toBe("format"),
  );

  it.each(["TEST54132816", "TEST54002816", "TEST54123216", "TEST54632816", "TEST54023016", "TEST01022916"])(
    "refuses the day of %s",
    (text) => expect(parseNam(text, today)).toBe("date"),
  );

  it("knows that 1900 had no 29 February and 2000 did", () => {
    expect(nam("TEST00022915").birthDates).toEqual(["2000-02-29"]);
  });

  it("gives both centuries while both are past, and never a day to come", () => {
    expect(nam("TEST10061512").birthDates).toEqual(["2010-06-15", "1910-06-15"]);
    expect(nam("TEST26122512").birthDates).toEqual(["1926-12-25"]);
  });

  it("reads women's months", () => {
    expect(nam("TREM85530214")).toMatchObject({ sex: "female", birthDates: ["1985-03-02"] });
  });
});

describe("AC-51: the rest only warns", () => {
  it("confirms the two published test numbers", () => {
    expect(checkDigit("TEST", "1954", "12", "281")).toBe(6);
    expect(checkDigit("DOEJ", "1990", "01", "011")).toBe(6);
    expect(namWarnings(nam("DOEJ90010116"), doe)).toEqual([]);
  });

  it("tells a wrong check digit, name, sex and birth date apart", () => {
    expect(namWarnings(nam("DOEJ90010117"), doe)).toEqual(["checkDigit"]);
    expect(namWarnings(nam("DOEJ90010116"), { ...doe, familyName: "Roe" })).toEqual(["names"]);
    expect(namWarnings(nam("DOEJ90010116"), { ...doe, sex: "female" })).toEqual(["sex"]);
    expect(namWarnings(nam("DOEJ90010116"), { ...doe, birthDate: "1990-01-02" })).toEqual(["birthDate"]);
  });

  it("takes the birth surname or the present one, and any marker but M and F", () => {
    expect(namWarnings(nam("DOEJ90010116"), { ...doe, familyName: "Roe", birthFamilyName: "Doe" })).toEqual([]);
    expect(namWarnings(nam("DOEJ90010116"), { ...doe, sex: "other" })).toEqual([]);
    expect(namWarnings(nam("DOEJ90010116"), { ...doe, sex: null, birthDate: null })).toEqual([]);
  });

  it("compares nothing of a newborn with the parent's card", () => {
    const newborn = { ...doe, familyName: "Roy", givenName: "Bébé", birthDate: "2026-11-20", sex: "female" };
    expect(namWarnings(nam("DOEJ90010116"), newborn, true)).toEqual([]);
  });
});

describe("the four letters", () => {
  it.each([
    ["Doe", "Jane", "DOEJ"],
    ["Côté", "Émile", "COTE"],
    ["Li", "Wei", "LIXW"],
    ["O'Connor", "Éric", "OCOE"],
    ["L'Écuyer", "Jean-Luc", "LECJ"],
    ["St-Pierre", "Ève", "STPE"],
    ["De la Chevrotière", "Anne", "DELA"],
    ["Œuvray", "Zoé", "OEUZ"],
    ["李", "小龙", "XXXX"],
  ])("of %s, %s are %s", (surname, givenName, letters) => expect(namInitials(surname, givenName)).toBe(letters));
});

it("shows it as on the card, and hides all but two digits in lists", () => {
  expect(formatNam("TEST54122816")).toBe("TEST 5412 2816");
  expect(maskNam("16")).toBe("•••• •••• ••16");
  expect(maskNam("16", "TEST")).toBe("TEST •••• ••16");
});

it("agrees with everybody that the factory makes up", () => {
  const chance = seededChance(7);
  for (let count = 0; count < 2_000; count += 1) {
    const person = fictionalPerson(chance);
    expect([person.nam, namWarnings(nam(person.nam), person)]).toEqual([person.nam, []]);
  }
});

it("is made by the rules for a woman too", () => {
  expect(syntheticNam("Tremblay", "Julie", "1985-03-02", "female")).toMatch(/^TREJ855302\d{2}$/);
});
