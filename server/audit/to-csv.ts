import { stringify } from "csv-stringify/sync";
import type { Locale } from "#server/context.ts";

/** Without it, Excel takes UTF-8 for something else and « é » for two letters. */
export const byteOrderMark = "\uFEFF";

/** French spreadsheets expect semicolons. A cell that begins like a formula is made text: names and words come from outside. */
export function toCsv(locale: Locale, rows: string[][]): string {
  const delimiter = locale === "fr" ? ";" : ",";
  return stringify(rows, { delimiter, record_delimiter: "windows", escape_formulas: true });
}

/** `2026-11-23 14:30:05`, which no spreadsheet misreads. */
export function localTime(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return format.format(at);
}
