import { expect, it } from "vitest";
import { formatsOf, sayNumber } from "#server/document/showing/number-format.ts";

const styled = (code: string) =>
  formatsOf(
    Buffer.from(
      `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`,
    ),
  )[0] ?? { kind: "number", decimals: null };

it.each([
  ["0.0", 7.25, "7,3"],
  ["0.00", 7, "7,00"],
  ["0.0#", 7.256, "7,26"],
  ["#,##0", 1234.5, "1235"],
  ["0.0%", 0.0725, "7,3\u00a0%"],
  ["General", 7.25, "7,25"],
  ["0.0E+00", 7.25, "7,25"],
  ["# ?/?", 7.25, "7,25"],
])("a number is shown by its format: %s", (code, value, shown) => {
  expect(sayNumber(value, styled(code), false, "fr")).toBe(shown);
});
