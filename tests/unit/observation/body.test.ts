import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bodyMassIndex, bodySurface, calculated } from "#server/observation/body.ts";

const at = (day: string) => new Date(`${day}T14:00:00Z`);
const point = (day: string, value: string) => ({ at: at(day), value });

describe("what is calculated of a body", () => {
  test("78.4 kg and 161 cm", () => {
    expect(bodyMassIndex("78.4", "161")).toBe("30.2");
    expect(bodySurface("78.4", "161")).toBe("1.87");
  });

  const kilograms = fc.double({ min: 2, max: 300, noNaN: true }).map((value) => value.toFixed(1));
  const centimetres = fc.double({ min: 45, max: 220, noNaN: true }).map((value) => value.toFixed(1));

  test("grows with the weight; the index falls with the height and the surface grows", () => {
    fc.assert(
      fc.property(kilograms, centimetres, (weight, height) => {
        const [heavier, taller] = [String(Number(weight) + 5), String(Number(height) + 10)];
        expect(Number(bodyMassIndex(heavier, height))).toBeGreaterThan(Number(bodyMassIndex(weight, height)));
        expect(Number(bodyMassIndex(weight, taller))).toBeLessThanOrEqual(Number(bodyMassIndex(weight, height)));
        expect(Number(bodySurface(weight, taller))).toBeGreaterThanOrEqual(Number(bodySurface(weight, height)));
      }),
    );
  });

  test("the weight comes back from the index", () => {
    fc.assert(
      fc.property(kilograms, centimetres, (weight, height) => {
        const metres = Number(height) / 100;
        expect(Math.abs(Number(bodyMassIndex(weight, height)) * metres ** 2 - Number(weight))).toBeLessThanOrEqual(
          0.05 * metres ** 2 + 1e-6,
        );
      }),
    );
  });
});

describe("which height goes with a weight", () => {
  test("the last one known then; for an adult, however old", () => {
    const heights = [point("2010-01-01", "163"), point("2024-01-01", "161")];
    const weights = [point("2026-06-01", "78.4"), point("2012-06-01", "70")];
    expect(calculated(weights, heights, () => true).map(({ bmi }) => bmi)).toEqual(["30.2", "26.3"]);
  });

  test("a child's height is of the same half-year, or there is no index", () => {
    const heights = [point("2025-01-10", "100")];
    const weights = [point("2026-06-01", "20"), point("2025-05-01", "16")];
    expect(calculated(weights, heights, () => false).map(({ bmi }) => bmi)).toEqual(["16.0"]);
  });

  test("no height, no index", () => {
    expect(calculated([point("2026-06-01", "20")], [], () => true)).toEqual([]);
  });
});
