import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { between, drawnScores, type Lms, percentileOf, scoreOf, valueAt } from "#server/growth/lms.ts";
import { drawnPercentiles, indicators } from "#server/growth/schema.ts";

/** L, M and S as references have them. */
const anyLms = fc.record({
  l: fc.oneof(fc.constantFrom(0, 1, -1e-12, 1e-300), fc.double({ min: -3, max: 2, noNaN: true })),
  m: fc.double({ min: 2, max: 180, noNaN: true }),
  s: fc.double({ min: 0.02, max: 0.2, noNaN: true }),
});
const near = (one: number, other: number, most = 1e-6) =>
  expect(Math.abs(one - other), `${one} and ${other}`).toBeLessThanOrEqual(most * Math.max(1, Math.abs(other)));

/** The area under the bell from far left to z, by trapezoids: slow, and plainly what a percentile is. */
function slowPercentile(z: number): number {
  const [from, steps] = [-9, 4000];
  const width = (z - from) / steps;
  const bell = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let area = 0;
  for (let step = 0; step < steps; step += 1)
    area += (width * (bell(from + step * width) + bell(from + (step + 1) * width))) / 2;
  return 100 * area;
}

/** The z-score of a value found by halving: the only z at which the curve passes through it. */
function slowScore(lms: Lms, value: number): number {
  let [low, high] = [-3, 3];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if ((valueAt(lms, middle) ?? (middle < 0 ? 0 : Number.POSITIVE_INFINITY)) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

describe("where a value stands", () => {
  test("a worked example: a value 10 % over the median, by hand", () => {
    // (1.1^0.5 − 1) / (0.5 × 0.1) and ln(1.1) / 0.1.
    near(scoreOf("height-for-age", { l: 0.5, m: 20, s: 0.1 }, 22), (Math.sqrt(1.1) - 1) / 0.05);
    near(scoreOf("height-for-age", { l: 0, m: 20, s: 0.1 }, 22), Math.log(1.1) / 0.1);
    near(scoreOf("height-for-age", { l: 1, m: 20, s: 0.1 }, 22), 1);
  });

  test("within three deviations, every indicator agrees with the slow search along the curve", () => {
    fc.assert(
      fc.property(
        anyLms,
        fc.constantFrom(...indicators),
        fc.double({ min: -2.99, max: 2.99, noNaN: true }),
        (lms, of, z) => {
          const value = valueAt(lms, z);
          if (value === undefined || !Number.isFinite(value) || value < 1e-6 || value > 1e6) return;
          near(scoreOf(of, lms, value), slowScore(lms, value), 1e-4);
          near(scoreOf(of, lms, value), z, 1e-6);
        },
      ),
    );
  });

  test("the median is 0, more is more, and L next to 0 is as L at 0", () => {
    fc.assert(
      fc.property(
        anyLms,
        fc.constantFrom(...indicators),
        fc.double({ min: 0.5, max: 1.6, noNaN: true }),
        (lms, of, part) => {
          near(scoreOf(of, lms, lms.m), 0);
          expect(scoreOf(of, lms, lms.m * part * 1.02)).toBeGreaterThan(scoreOf(of, lms, lms.m * part));
          const [zero, tiny] = [
            { ...lms, l: 0 },
            { ...lms, l: 1e-12 },
          ];
          near(scoreOf(of, zero, lms.m * part), scoreOf(of, tiny, lms.m * part), 1e-6);
        },
      ),
    );
  });

  test("beyond three deviations, a weight goes on by the distance from the second to the third; a height by its own", () => {
    fc.assert(
      fc.property(anyLms, fc.double({ min: 0.1, max: 5, noNaN: true }), fc.constantFrom(-1, 1), (lms, over, side) => {
        const [second, third] = [valueAt(lms, 2 * side), valueAt(lms, 3 * side)];
        if (second === undefined || third === undefined || third > 1e4) return;
        const value = third + over * (third - second);
        if (value <= 0) return;
        for (const of of ["weight-for-age", "bmi-for-age", "weight-for-length"] as const)
          near(scoreOf(of, lms, value), side * (3 + over), 1e-6);
        if (Math.abs(lms.l) < 1e-3) return;
        near(scoreOf("height-for-age", lms, value), ((value / lms.m) ** lms.l - 1) / (lms.l * lms.s), 1e-5);
      }),
    );
  });
});

describe("percentiles", () => {
  test("agree with the area under the bell, and the two sides make a hundred", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (z) => {
        expect(Math.abs(percentileOf(z) - slowPercentile(z))).toBeLessThan(1e-4);
        near(percentileOf(z) + percentileOf(-z), 100);
      }),
      { numRuns: 60 },
    );
  });

  test("the curves that are drawn are those that are named", () => {
    for (const [at, percentile] of drawnPercentiles.entries())
      expect(Math.abs(percentileOf(drawnScores[at] ?? Number.NaN) - percentile)).toBeLessThan(1e-4);
  });
});

test("between two rows: each at its own age, and the middle in the middle", () => {
  const [low, high] = [
    { x: 10, l: 1, m: 60, s: 0.03 },
    { x: 12, l: 0, m: 64, s: 0.05 },
  ];
  expect(between(low, high, 10)).toEqual({ l: 1, m: 60, s: 0.03 });
  expect(between(low, high, 12)).toEqual({ l: 0, m: 64, s: 0.05 });
  const middle = between(low, high, 11);
  near(middle.l, 0.5);
  near(middle.m, 62);
  near(middle.s, 0.04);
  expect(between(low, low, 10)).toMatchObject({ m: 60 });
});
