import type { ShownLanguage } from "./show-office.ts";
import { type Attributes, walk } from "./walk-xml.ts";

/** How a number of a sheet is meant. */
type Format = "number" | "percent" | "day" | "time" | "moment";

export interface NumberFormat {
  readonly kind: Format;
  /** Digits behind the comma, at least and at most; null: as many as the number has. */
  readonly decimals: readonly [number, number] | null;
}
export const asItIs: NumberFormat = { kind: "number", decimals: null };

/** Formats of a number that have a number and no text, by their digits (ISO 29500, 18.8.30). */
const knownDecimals: Readonly<Record<number, number>> = {
  1: 0,
  2: 2,
  3: 0,
  4: 2,
  9: 0,
  10: 2,
  37: 0,
  38: 0,
  39: 2,
  40: 2,
};

/** Formats that have a number and no text (ISO 29500, 18.8.30). */
const known: Readonly<Record<number, Format>> = {
  9: "percent",
  10: "percent",
  14: "day",
  15: "day",
  16: "day",
  17: "day",
  18: "time",
  19: "time",
  20: "time",
  21: "time",
  22: "moment",
  45: "time",
  46: "time",
  47: "time",
};

/** The format of each style of a workbook, by its place. */
export function formatsOf(xml: Buffer | undefined): NumberFormat[] {
  const own = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let inCells = false;
  walk(xml, {
    open: (name, attributes: Attributes) => {
      const id = Number(attributes.numFmtId ?? 0);
      if (name === "numFmt") own.set(id, meantBy(attributes.formatCode ?? ""));
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) formats.push(own.get(id) ?? knownFormat(id));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats;
}

function knownFormat(id: number): NumberFormat {
  const digits = knownDecimals[id];
  return { kind: known[id] ?? "number", decimals: digits === undefined ? null : [digits, digits] };
}

function meantBy(code: string): NumberFormat {
  // Words within quotes, colours and countries mean nothing of the number.
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "").split(";")[0] ?? "";
  const hasDay = /[yd]/i.test(bare);
  const hasTime = /[hs]/i.test(bare);
  if (hasDay) return { kind: hasTime ? "moment" : "day", decimals: null };
  if (hasTime) return { kind: "time", decimals: null };
  return { kind: bare.includes("%") ? "percent" : "number", decimals: decimalsOf(bare) };
}

/** `0.0#` → 1 to 2. Powers, fractions and thousands are shown as the number is. */
function decimalsOf(bare: string): NumberFormat["decimals"] {
  const digits = /^[^0#?.]*[0#?,]*\.?([0#?]*)[^0#?.,]*$/.exec(bare);
  if (!digits || !/[0#?]/.test(bare) || /[e/@]|,$/i.test(bare.trim())) return null;
  const [, behind = ""] = digits;
  return [(behind.match(/0/g) ?? []).length, Math.min(behind.length, 10)];
}

const dayMs = 86_400_000;

/** Days count from the last of 1899, which makes up for a 29th of February 1900 that never was; or from 1904, as an old Macintosh did. */
export function sayNumber(
  value: number,
  { kind: format, decimals }: NumberFormat,
  since1904: boolean,
  language: ShownLanguage,
): string {
  if (format === "day" || format === "time" || format === "moment") {
    const at = new Date(
      Math.round(value * 86_400) * 1000 + Date.UTC(since1904 ? 1904 : 1899, since1904 ? 0 : 11, since1904 ? 1 : 30),
    );
    const isDate = value >= 0 && value * dayMs < 8e15 && !Number.isNaN(at.getTime()) && at.getUTCFullYear() < 10_000;
    if (isDate) {
      const [day = "", time = ""] = at.toISOString().split("T");
      const said = language === "fr" ? time.slice(0, 5).replace(":", "\u00a0h\u00a0") : time.slice(0, 5);
      return { day, time: said, moment: `${day} ${said}` }[format];
    }
  }
  const isPercent = format === "percent";
  // Fifteen digits are all that a sheet keeps: what stands behind them is no part of the number.
  const figure = Number((isPercent ? value * 100 : value).toPrecision(12));
  const said = new Intl.NumberFormat(language === "fr" ? "fr-CA" : "en-CA", {
    minimumFractionDigits: decimals ? Math.min(...decimals) : 0,
    maximumFractionDigits: decimals?.[1] ?? 10,
    useGrouping: false,
  }).format(figure);
  return isPercent ? `${said}${language === "fr" ? "\u00a0" : ""}%` : said;
}
