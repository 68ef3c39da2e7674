import { stringify } from "csv-stringify/sync";
import type { ClinicContext } from "#server/context.ts";

/** French spreadsheets expect semicolons. A cell that begins like a formula is made text: names come from outside. */
export function toCsv({ locale }: ClinicContext, rows: string[][]): string {
  const delimiter = locale === "fr" ? ";" : ",";
  return stringify(rows, { delimiter, record_delimiter: "windows", escape_formulas: true });
}
