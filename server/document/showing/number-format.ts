import { format, getFormatDateInfo, isValidFormat } from "numfmt";
import type { ShownLanguage } from "./show-office.ts";

/** How the numbers of a cell are written, as a spreadsheet's own language says it (ISO 29500, 18.8.31). */
export interface NumberFormat {
  /** null: nobody understands it. */
  readonly code: string | null;
  /** It says a whole day, and whether with its hour: each program writes that in its owner's order, « 03/04/26 ». */
  readonly day: "day" | "minute" | "second" | null;
}

/** The number as it is said. `isBare`: without what its format would have said of it. */
export interface SaidNumber {
  readonly text: string;
  readonly isBare: boolean;
}

export const asItIs: NumberFormat = { code: "General", day: null };
const unread: NumberFormat = { code: null, day: null };

/** What the spreadsheets themselves let a format be. */
const longestCode = 255;
export function readFormat(given: string): NumberFormat {
  if (given.length > longestCode) return unread;
  // Of a country and its coin the coin is kept: the marks of a number are those of the page.
  const code = given.replace(/\[\$([^\]-]*)-[^\]]*\]/g, (_, coin: string) => (coin ? `"${coin}"` : ""));
  if (!isValidFormat(code)) return unread;
  return { code: code || "General", day: dayOf(code) };
}

function dayOf(code: string): NumberFormat["day"] {
  const { year, month, day, hours, seconds } = getFormatDateInfo(code);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "").replace(/;@$/, "");
  // Words of its own, or another way for another number.
  const saysMore = /"[^"]*\p{L}[^"]*"/u.test(code) || bare.includes(";");
  if (!(year && month && day) || saysMore) return null;
  if (!hours) return "day";
  return seconds ? "second" : "minute";
}

const hour = { fr: 'hh"\u00a0h\u00a0"mm', en: "hh:mm" } as const;
const locales = { fr: "fr-CA", en: "en-CA" } as const;
/** What the library says of a number for which a format says nothing; no cell holds it. */
const nothingSaid = "\u0000";
/** From the last of 1899 to the first of 1904, from which an old Macintosh counted its days. */
const macintosh = 1_462;

/** By numfmt, which writes what a spreadsheet would; but a whole day, and the plain hour, as they are written in Québec. */
export function sayNumber(
  value: number,
  { code, day }: NumberFormat,
  since1904: boolean,
  language: ShownLanguage,
): SaidNumber {
  const bare = sayBare(value, language);
  if (code === null) return { text: bare, isBare: true };
  if (code === "General") return { text: bare, isBare: false };
  try {
    const said = format(codeOf(code, day, language), value + (since1904 && isOfCalendar(code) ? macintosh : 0), {
      locale: locales[language],
      dateSpanLarge: false,
      overflow: nothingSaid,
    }).trim();
    if (said === nothingSaid) return { text: bare, isBare: true };
    return { text: language === "fr" ? said.replace(/(\d)%/g, "$1\u00a0%") : said, isBare: false };
  } catch {
    return { text: bare, isBare: true };
  }
}

function codeOf(code: string, day: NumberFormat["day"], language: ShownLanguage): string {
  if (day === "day") return "yyyy-mm-dd";
  if (day) return `yyyy-mm-dd ${day === "second" ? "hh:mm:ss" : hour[language]}`;
  return /^hh?:mm(;@)?$/i.test(code) ? hour[language] : code;
}

/** A day, not a time that went by: « mm » alone may be either. */
function isOfCalendar(code: string): boolean {
  const { year, day, month, hours, seconds } = getFormatDateInfo(code);
  return year || day || (month && !hours && !seconds);
}

/** All the digits that a sheet keeps, which are fifteen: a file number is not rounded, and what stands behind them is no part of the number. */
function sayBare(value: number, language: ShownLanguage): string {
  const text = String(Number(value.toPrecision(15))).replace("e", "E");
  return language === "fr" ? text.replace(".", ",") : text;
}
