import fc from "fast-check";
import { expect, it } from "vitest";
import { readMinute, sayMinute } from "../../../app/_ui/minute-input/wall-time.ts";

it("reads a time as people type it", () => {
  const read: [string, number | null][] = [
    ["8", 480],
    ["830", 510],
    ["0830", 510],
    ["8h30", 510],
    ["8 h 30", 510],
    ["8:30", 510],
    ["8 h", 480],
    ["1330", 810],
    ["1:15 p.m.", 795],
    ["12 am", 0],
    ["12:30 PM", 750],
    ["24", 1440],
    ["0", 0],
    ["24h01", null],
    ["2400", 1440],
    ["8h75", null],
    ["13 pm", null],
    ["0 am", null],
    ["huit", null],
    ["", null],
    ["-8", null],
    ["12345", null],
  ];
  for (const [text, minute] of read) expect(readMinute(text), text).toBe(minute);
});

it("reads back every minute that it says, in both languages", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom("fr" as const, "en" as const),
      (minute, language) => {
        expect(readMinute(sayMinute(minute, language))).toBe(minute);
      },
    ),
  );
  expect(sayMinute(1440, "fr")).toBe("24\u00a0h\u00a000");
});
