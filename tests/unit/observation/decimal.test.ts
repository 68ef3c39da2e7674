import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDecimal, roundTo } from "#server/observation/decimal.ts";

describe("a decimal as people write it", () => {
  test.each([
    ["78,4", "78.4"],
    ["78.4", "78.4"],
    [" 7,10 ", "7.10"],
    ["1 234,5", "1234.5"],
    ["1\u00A0234", "1234"],
    ["007", "7"],
    ["0,5", "0.5"],
    ["-1,5", "-1.5"],
  ])("%s is %s", (text, read) => {
    expect(readDecimal(text)).toBe(read);
  });

  test.each([
    "",
    "abc",
    "1,234.5",
    "1.2.3",
    "7,",
    ",5",
    "1e3",
    "12 34",
    "Infinity",
    "1234567890",
    "1,123456",
    "78,4 kg",
  ])("« %s » is no one number", (text) => {
    expect(readDecimal(text)).toBeUndefined();
  });

  test("comma or point, it is the same number, digit for digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.stringMatching(/^\d{1,5}$/), (whole, part) => {
        expect(readDecimal(`${whole},${part}`)).toBe(`${whole}.${part}`);
        expect(readDecimal(`${whole}.${part}`)).toBe(`${whole}.${part}`);
      }),
    );
  });
});

describe("rounding", () => {
  test.each([
    [1.005, 2, "1.01"],
    [2.5, 0, "3"],
    [-1.25, 1, "-1.3"],
    [78.01788764, 1, "78.0"],
    [-0.01, 1, "0.0"],
  ])("%d to %d places is %s", (value, places, said) => {
    expect(roundTo(value, places)).toBe(said);
  });

  test("is never further than half of the last place", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1000, max: 1000, noNaN: true }),
        fc.integer({ min: 0, max: 4 }),
        (value, places) => {
          expect(Math.abs(Number(roundTo(value, places)) - value)).toBeLessThanOrEqual(0.5 * 10 ** -places + 1e-9);
        },
      ),
    );
  });
});
