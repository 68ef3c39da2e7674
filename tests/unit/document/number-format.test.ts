import { expect, it } from "vitest";
import { stylesOf } from "#server/document/showing/cell-styles.ts";
import { escapeHtml } from "#server/document/showing/html.ts";
import { readFormat, sayNumber } from "#server/document/showing/number-format.ts";

/** A number is shown as the spreadsheet shows it: a result, a file number or a time that reads otherwise is another one. */

const nb = "\u00a0";

it.each([
  ["General", 7.25, "7,25"],
  ["General", 7.9000000000000004, "7,9"],
  ["General", 123_456_789_012_345, "123456789012345"],
  ["General", 1e-12, "1E-12"],
  ["0.0", 7.25, "7,3"],
  ["0.00", 7, "7,00"],
  ["0.0#", 7.256, "7,26"],
  ["#,##0", 1234.5, "1\u202f235"],
  ["0.0,", 1500, "1,5"],
  ["0.0%", 0.0725, `7,3${nb}%`],
  ["0.0E+00", 7.25, "7,3E+00"],
  ["# ?/?", 7.25, "7 1/4"],
  ["00000", 123, "00123"],
  ['"<"0.0', 0.5, "<0,5"],
  ['0" mg"', 5, "5 mg"],
  ['[=1]"Positif";[=0]"Négatif"', 1, "Positif"],
  ['[=1]"Positif";[=0]"Négatif"', 0, "Négatif"],
  ['[<0.5]"< 0,5";0.0', 0.3, "< 0,5"],
  ['0;"négatif"', -3, "négatif"],
  ["0_);(0)", -5, "(5)"],
  ["[$$-C0C]#,##0.00", 12.5, "$12,50"],
  ["mm:ss", 150 / 86_400, "02:30"],
  ["mm:ss.0", 12.5 / 86_400, "00:12,5"],
  ["[h]:mm:ss", 26.5 / 24, "26:30:00"],
  ["[h]:mm", 26.5 / 24, "26:30"],
  ["h:mm", 0.604166666666, `14${nb}h${nb}30`],
  ["h:mm", -0.5, "-0,5"],
  ["yyyy\\-mm\\-dd;@", 46084, "2026-03-03"],
  ["[$-F800]dddd, mmmm dd, yyyy", 46084, "2026-03-03"],
  ["m/d/yy", 46084, "2026-03-03"],
  ["m/d/yy h:mm:ss", 46084.604166666664, "2026-03-03 14:30:00"],
  ['"Reçu le "dd/mm/yyyy', 46084, "Reçu le 03/03/2026"],
  ["mmmm yyyy", 46084, "mars 2026"],
  ["yyyy-mm-dd", -1, "-1"],
])("%s of %s", (code, value, shown) => {
  expect(sayNumber(value, readFormat(code), false, "fr")).toEqual({ text: shown, isBare: false });
});

it.each([
  ["[>=1e3]0", 5, "5"],
  ["0".repeat(300), 5, "5"],
  ['[=1]"Positif";[=0]"Négatif"', 2.5, "2,5"],
])("a format that says nothing of the number leaves it bare, and says so: %s", (code, value, shown) => {
  expect(sayNumber(value, readFormat(code), false, "fr")).toEqual({ text: shown, isBare: true });
});

it("days are counted from 1904 where the workbook says so, times that went by are not", () => {
  const say = (code: string, value: number) => sayNumber(value, readFormat(code), true, "en").text;
  expect(say("yyyy-mm-dd", 44_622)).toBe("2026-03-03");
  expect(say("mmm yyyy", 44_622)).toBe("Mar 2026");
  expect(say("[h]:mm", 1.25)).toBe("30:00");
});

it("the spreadsheets' own formats are known by their number", () => {
  const say = (id: number, value: number) => {
    const xml = `<styleSheet><cellXfs><xf numFmtId="${id}"/></cellXfs></styleSheet>`;
    return sayNumber(value, stylesOf(Buffer.from(xml))[0]?.format ?? readFormat("0"), false, "fr").text;
  };
  expect([say(0, 1.5), say(2, 1.5), say(10, 0.065), say(14, 46084), say(45, 150 / 86_400), say(46, 26.5 / 24)]).toEqual(
    ["1,5", "1,50", `6,50${nb}%`, "2026-03-03", "02:30", "26:30:00"],
  );
  const own = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${escapeHtml('"<"0.0')}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`;
  expect(stylesOf(Buffer.from(own))).toEqual([{ format: { code: '"<"0.0', day: null }, isStruck: false }]);
});
