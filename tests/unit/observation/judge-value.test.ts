import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageAt, deviationOf, inOwnUnit, isPossible } from "#server/observation/judge-value.ts";
import { type Measure, measureOf, measures } from "#server/observation/measures.ts";

const measure = (key: string) => measureOf(key) as Measure;
const pulse = (value: string) => ({ code: "heart-rate", value });

describe("OMRS-5: abnormal by age", () => {
  test.each([
    ["150", 0.02, undefined],
    ["150", 0.5, undefined],
    ["150", 4, "high"],
    ["150", 40, "high"],
    ["85", 0.5, "low"],
    ["85", 40, undefined],
    ["40", 70, "low"],
  ])("a pulse of %s at %d years: %s", (value, age, said) => {
    expect(deviationOf(pulse(value), age)).toBe(said);
  });

  test("without a birth date nothing is guessed", () => {
    expect(deviationOf(pulse("200"), undefined)).toBeUndefined();
  });

  test("an adult's pressure from 130, an index of mass from 25, and none for a child's", () => {
    expect(deviationOf({ code: "bp-systolic", value: "129" }, 50)).toBeUndefined();
    expect(deviationOf({ code: "bp-systolic", value: "130" }, 50)).toBe("high");
    expect(deviationOf({ code: "bmi", value: "25.0" }, 50)).toBe("high");
    expect(deviationOf({ code: "bmi", value: "30" }, 9)).toBeUndefined();
  });

  test.each([
    ["respiratory-rate", "40", 0.5, undefined],
    ["respiratory-rate", "40", 4, "high"],
    ["respiratory-rate", "16", 4, "low"],
    ["bp-systolic", "118", 4, "high"],
    ["bp-systolic", "118", 14, undefined],
    ["bp-diastolic", "75", 4, "high"],
    ["bp-diastolic", "75", 40, undefined],
  ])("%s of %s at %d years: %s, by the age alone", (code, value, age, said) => {
    expect(deviationOf({ code, value }, age)).toBe(said);
  });

  test("a laboratory's own range comes before ours, and « under » says no more than it knows", () => {
    const potassium = { code: "potassium", low: "3.5", high: "5.0" };
    expect(deviationOf({ ...potassium, value: "5.1" }, undefined)).toBe("high");
    expect(deviationOf({ ...potassium, value: "5.0" }, 40)).toBeUndefined();
    expect(deviationOf({ ...potassium, value: "3.5", comparator: "<" }, 40)).toBe("low");
    expect(deviationOf({ ...potassium, value: "9", comparator: "<" }, 40)).toBeUndefined();
    expect(deviationOf({ ...potassium, value: "5.0", comparator: ">" }, 40)).toBe("high");
  });
});

describe("OMRS-5: the impossible", () => {
  test.each([
    ["heart-rate", "900", false],
    ["heart-rate", "72", true],
    ["temperature", "98.6", false],
    ["temperature", "37.8", true],
    ["oxygen-saturation", "101", false],
    ["weight", "0", false],
    ["height", "1.72", false],
    ["bp-systolic", "-120", false],
  ])("%s of %s: %s", (key, value, said) => {
    expect(isPossible(measure(key), value)).toBe(said);
  });

  test.each([
    ["weight", "1.7", 4, false],
    ["weight", "1.7", 0.05, true],
    ["weight", "3", 4, true],
    ["weight", "172", 4, false],
    ["height", "170", 4, false],
    ["height", "170", 14, true],
    ["height", "50", 0.01, true],
    ["head-circumference", "34", 0.01, true],
    ["head-circumference", "20", 4, false],
    ["heart-rate", "300", 0.2, true],
    ["heart-rate", "18", 0.2, false],
    ["respiratory-rate", "130", 40, false],
    ["bp-systolic", "300", 4, false],
    ["bp-systolic", "300", 40, true],
  ])("%s of %s at %d years: %s", (key, value, age, said) => {
    expect(isPossible(measure(key), value, age)).toBe(said);
  });

  test("what is likely is possible, what is possible at an age is possible at some, and every age has its limits", () => {
    for (const { limits, ages } of measures) {
      if (!ages || !limits) continue;
      expect(ages.at(-1)?.untilYears).toBe(Number.POSITIVE_INFINITY);
      for (const one of ages) {
        expect(one.limits[0]).toBeGreaterThanOrEqual(limits[0]);
        expect(one.limits[1]).toBeLessThanOrEqual(limits[1]);
        expect(one.likely?.[0] ?? one.limits[0]).toBeGreaterThanOrEqual(one.limits[0]);
        expect(one.likely?.[1] ?? one.limits[1]).toBeLessThanOrEqual(one.limits[1]);
      }
    }
  });

  test("what is ordinary is possible, for every measure at every age", () => {
    for (const one of measures)
      for (const { low, high, untilYears } of one.bands ?? [])
        for (const bound of [low, high])
          if (bound !== undefined) expect(isPossible(one, `${bound}`, Math.min(untilYears, 120) - 0.01)).toBe(true);
  });
});

describe("units", () => {
  test.each([
    ["weight", "172", "lb", "78.0"],
    ["weight", "3450", "g", "3.450"],
    ["height", "1.72", "m", "172.0"],
    ["height", "70", "in", "177.8"],
    ["temperature", "98.6", "°F", "37.0"],
    ["capillary-glucose", "126", "mg/dL", "7.0"],
    ["weight", "78.40", "kg", "78.40"],
  ])("%s of %s %s is %s", (key, value, unit, own) => {
    expect(inOwnUnit(measure(key), value, unit)).toBe(own);
  });

  test("a unit that is not of the measure is not converted", () => {
    expect(inOwnUnit(measure("weight"), "70", "cm")).toBeUndefined();
  });

  test("pounds and kilograms come back to within what one reads", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 500, noNaN: true }), (kilograms) => {
        const pounds = kilograms / 0.45359237;
        const back = Number(inOwnUnit(measure("weight"), String(pounds), "lb"));
        expect(Math.abs(back - kilograms)).toBeLessThanOrEqual(0.0501);
      }),
    );
  });
});

test("an age has its fraction, and nobody is measured before they are born", () => {
  expect(ageAt("2026-11-01", new Date("2026-11-29T12:00:00Z"))).toBeCloseTo(0.078, 3);
  expect(ageAt("2026-11-01", new Date("2026-10-01"))).toBeUndefined();
});
