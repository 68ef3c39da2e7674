import { readDateIn } from "#server/patient/parse-search.ts";
import type { DateOrder } from "./schema.ts";

/** Day first, as Québec writes, unless a date of the column is one with the month first alone, and none with the day first alone. Pure. */
export function proposeDateOrder(dates: readonly string[]): DateOrder {
  const isOnly = (order: DateOrder, other: DateOrder) =>
    dates.some((date) => readDateIn(date, order) !== undefined && readDateIn(date, other) === undefined);
  return isOnly("month", "day") && !isOnly("day", "month") ? "month" : "day";
}

/** A date of a cell, without the hour that a program wrote behind it. */
export const dateOf = (cell: string): string => cell.trim().split(/[ T]/)[0] ?? "";
