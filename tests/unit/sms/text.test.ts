import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countSegments } from "#server/sms/count-segments.ts";
import { isStop } from "#server/sms/is-stop.ts";
import { toGsm } from "#server/sms/to-gsm.ts";

describe("the length of a text message", () => {
  test.each([
    ["", "gsm", 0, 1],
    ["a".repeat(160), "gsm", 160, 1],
    ["a".repeat(161), "gsm", 161, 2],
    ["a".repeat(306), "gsm", 306, 2],
    ["a".repeat(307), "gsm", 307, 3],
    ["é".repeat(160), "gsm", 160, 1],
    [`${"a".repeat(158)}€`, "gsm", 160, 1],
    [`${"a".repeat(159)}€`, "gsm", 161, 2],
    ["ê", "unicode", 1, 1],
    ["ê".repeat(70), "unicode", 70, 1],
    ["ê".repeat(71), "unicode", 71, 2],
    ["😀".repeat(35), "unicode", 70, 1],
    ["😀".repeat(36), "unicode", 72, 2],
  ])("%#", (text, encoding, units, segments) => {
    expect(countSegments(text)).toEqual({ encoding, units, segments });
  });

  test("a sign of two places is not cut: it begins the next part", () => {
    // 152 letters leave one place of 153: the euro sign needs two.
    expect(countSegments(`${"a".repeat(152)}€${"b".repeat(151)}`).segments).toBe(2);
    expect(countSegments(`${"a".repeat(152)}€${"b".repeat(152)}`).segments).toBe(3);
  });
});

describe("words in the signs of the GSM alphabet", () => {
  test.each([
    ["Rendez-vous à 14 h 30", "Rendez-vous à 14 h 30"],
    ["l’août, ça arrête", "l'aout, ca arrete"],
    ["« Éric » – œuvre…", '"Éric" - oeuvre...'],
    ["Ève Ünal Çınar", "Ève Ünal ÇInar"],
    ["李医生", "李医生"],
  ])("%s", (from, to) => {
    // « È » and « ı » are in no GSM alphabet.
    expect(toGsm(from)).toBe(to.replace("Ève", "Eve").replace("ÇInar", "Çınar"));
  });

  test("French becomes cheap: it stays in 160 signs", () => {
    expect(countSegments(toGsm("Clinique de l’Île : rappel, mar. 2 août, 14 h 30. Êtes-vous là?")).encoding).toBe(
      "gsm",
    );
  });

  test("done twice is done once", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => toGsm(toGsm(text)) === toGsm(text)),
      { numRuns: 50 },
    );
  });
});

test.each([
  ["STOP", true],
  [" stop. ", true],
  ["Arrêt", true],
  ["ARRÊTER!", true],
  ["Désabonner", true],
  ["Stop par ici s’il vous plaît", false],
  ["Merci", false],
  ["", false],
])("%s is a STOP: %s", (text, expected) => {
  expect(isStop(text)).toBe(expected);
});
