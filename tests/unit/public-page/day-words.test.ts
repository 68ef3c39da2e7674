import { expect, test } from "vitest";
import { dayWords } from "#app/c/_visit/days.ts";

/** The days of the booking page are said as every other date of the product. */
test("the first of a month is « 1er » in French, and no other day is", () => {
  const plain = (text: string) => text.replaceAll("\u00a0", " ");
  const [fr, en] = [dayWords("fr"), dayWords("en")];
  expect(plain(fr.full("2026-12-01"))).toBe("mardi 1er décembre");
  expect(plain(fr.date("2026-12-01"))).toBe("1er décembre");
  expect(plain(fr.full("2026-12-11"))).toBe("vendredi 11 décembre");
  expect(plain(fr.full("2026-12-21"))).toBe("lundi 21 décembre");
  expect(plain(en.full("2026-12-01"))).toBe("Tuesday, December 1");
});
