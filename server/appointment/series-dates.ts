import type { SeriesRule } from "./schema.ts";

const dayMs = 86_400_000;
const shown = (at: number) => new Date(at).toISOString().slice(0, 10);
/** ISO 8601: 1 is Monday. */
const weekdayOf = (at: number) => new Date(at).getUTCDay() || 7;

/** The day so many days later, `YYYY-MM-DD`. */
export const addDays = (date: string, days: number): string => shown(Date.parse(date) + days * dayMs);

/** Days from one to the other. */
export const daysFrom = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / dayMs;

/**
 * The days of a series, the first one first (RFC 5545 section 3.3.10, weeks begin on Monday). Every month on a day that a month does not
 * have, that month is left out, as the RFC says.
 */
export function seriesDates(rule: SeriesRule, first: string): string[] {
  return rule.frequency === "monthly" ? monthly(rule, first) : weekly(rule, first);
}

function weekly({ every, weekdays, occurrences }: SeriesRule, first: string): string[] {
  const start = Date.parse(first);
  const chosen = new Set([...weekdays, weekdayOf(start)]);
  const monday = start - (weekdayOf(start) - 1) * dayMs;
  const dates: string[] = [];
  for (let day = start; dates.length < occurrences; day += dayMs) {
    const week = Math.floor((day - monday) / dayMs / 7);
    if (week % every === 0 && chosen.has(weekdayOf(day))) dates.push(shown(day));
  }
  return dates;
}

function monthly({ every, occurrences }: SeriesRule, first: string): string[] {
  const [year = 0, month = 1, day = 1] = first.split("-").map(Number);
  const dates: string[] = [];
  for (let n = 0; dates.length < occurrences; n += every) {
    const at = Date.UTC(year, month - 1 + n, day);
    if (new Date(at).getUTCDate() === day) dates.push(shown(at));
  }
  return dates;
}
