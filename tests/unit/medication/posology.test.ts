import { expect, test } from "vitest";
import { numberInWords } from "#server/medication/number-words.ts";
import {
  countQuantity,
  missingParts,
  readDose,
  readDuration,
  readFrequency,
  readQuantity,
  sayInstructions,
  sayPosology,
  unitFits,
} from "#server/medication/posology.ts";

const item = {
  dose: "1",
  doseHigh: "",
  doseUnit: "tablet",
  frequency: "2-day",
  asNeeded: false,
  instructions: "aux repas",
  durationDays: 90,
  quantity: "180",
  repeats: 3,
} as const;

test("a dose is read with a comma or a point, alone or as a range; what is no dose is refused", () => {
  expect(readDose("1,5 comprimé")).toEqual({ dose: "1.5", doseHigh: "", doseUnit: "tablet" });
  expect(readDose("1.50 co.")).toEqual({ dose: "1.5", doseHigh: "", doseUnit: "tablet" });
  expect(readDose("1 à 2 co")).toEqual({ dose: "1", doseHigh: "2", doseUnit: "tablet" });
  expect(readDose("10 000 u")).toEqual({ dose: "10000", doseHigh: "", doseUnit: "unit" });
  expect(readDose("1,125 mL")).toEqual({ dose: "1.125", doseHigh: "", doseUnit: "ml" });
  expect(readDose("0,125 co")).toEqual({ dose: "0.125", doseHigh: "", doseUnit: "tablet" });
  // Ten thousand, or ten; five, or a half.
  for (const twice of ["10,000 units", "1,000 u", "2.500 ui", "05 co", "1 à 2,000 u"])
    expect(readDose(twice)).toBeUndefined();
  for (const twice of ["1,000", "030"]) expect(readQuantity(twice)).toBeUndefined();
  expect(readFrequency("od")).toBeUndefined();
  expect(readDose("5 mL")).toEqual({ dose: "5", doseHigh: "", doseUnit: "ml" });
  for (const nonsense of ["", "2", "co", "2 kg", "0 co", "-1 co", "2 à 1 co", "1e5 co", "500 mg", "1,5,5 co"])
    expect(readDose(nonsense), nonsense).toBeUndefined();
});

test("durations and quantities are read as they are typed, within limits", () => {
  expect([readDuration("90"), readDuration("90 j"), readDuration("2 semaines"), readDuration("3 mois")]).toEqual([
    90, 90, 14, 90,
  ]);
  for (const nonsense of ["0 j", "900 j", "3 kg", "-2", "toujours"]) expect(readDuration(nonsense)).toBeUndefined();
  expect([readQuantity("90 co."), readQuantity("7,5")]).toEqual(["90", "7.5"]);
  expect(readQuantity("0")).toBeUndefined();
  expect([readFrequency("BID"), readFrequency("hs"), readFrequency("souvent")]).toEqual([
    "2-day",
    "1-bedtime",
    undefined,
  ]);
});

test("the quantity is dose × times × days, rounded up, and left to be written for what a container dispenses", () => {
  expect(countQuantity(item)).toBe("180");
  expect(countQuantity({ ...item, dose: "0.5", frequency: "1-day", durationDays: 7 })).toBe("4");
  expect(countQuantity({ ...item, doseHigh: "2", frequency: "6-hours", durationDays: 3 })).toBe("24");
  expect(countQuantity({ ...item, frequency: "1-week", durationDays: 28 })).toBe("4");
  expect(countQuantity({ ...item, frequency: "once", durationDays: null })).toBe("1");
  expect(countQuantity({ ...item, doseUnit: "puff" })).toBeUndefined();
  expect(countQuantity({ ...item, dose: "" })).toBeUndefined();
});

test("what lacks is named, and a unit fits its form", () => {
  expect(missingParts(item)).toEqual([]);
  expect(missingParts({ ...item, dose: "", durationDays: null, repeats: null })).toEqual([
    "dose",
    "durationDays",
    "repeats",
  ]);
  expect([
    unitFits("Comprimé", "tablet"),
    unitFits("Comprimé", "ml"),
    unitFits("Sirop", "tablet"),
    unitFits("", "ml"),
  ]).toEqual([true, false, false, true]);
});

test("it is said whole in both languages", () => {
  expect(sayPosology(item, "fr")).toBe("1 comprimé, 2 fois par jour, aux repas, pendant 90 jours");
  expect(sayPosology({ ...item, dose: "1.5", instructions: "", asNeeded: true, durationDays: 1 }, "fr")).toBe(
    "1,5 comprimé, 2 fois par jour, au besoin, pendant 1 jour",
  );
  expect(sayPosology({ ...item, doseHigh: "2", instructions: "" }, "en")).toBe(
    "1 to 2 tablets, twice daily, for 90 days",
  );
  // The usual precisions follow the language of whoever reads; words of one's own stay as they were written.
  expect(sayPosology(item, "en")).toBe("1 tablet, twice daily, with meals, for 90 days");
  expect(
    ["Aux repas.", "with meals", "avec un verre d'eau", "2 h après le thé"].map((text) => sayInstructions(text, "en")),
  ).toEqual(["with meals", "with meals", "with a glass of water", "2 h après le thé"]);
  expect(["On an empty stomach", "Aux repas.", "avec les repas"].map((text) => sayInstructions(text, "fr"))).toEqual([
    "à jeun",
    "Aux repas.",
    "avec les repas",
  ]);
});

test("quantities are written in letters", () => {
  const said = Object.entries({
    "21": "vingt et un",
    "30": "trente",
    "71": "soixante et onze",
    "80": "quatre-vingts",
    "90": "quatre-vingt-dix",
    "91": "quatre-vingt-onze",
    "100": "cent",
    "180": "cent quatre-vingts",
    "200": "deux cents",
    "270": "deux cent soixante-dix",
    "1080": "mille quatre-vingts",
    "80000": "quatre-vingt mille",
    "7.5": "sept virgule cinq",
  });
  for (const [value, words] of said) expect(numberInWords(value, "fr")).toBe(words);
  expect(numberInWords("270", "en")).toBe("two hundred seventy");
  expect(numberInWords("21", "en")).toBe("twenty-one");
});
