import { sayWhen } from "#server/schedule/say-when.ts";
import { startOfWeek } from "#server/schedule/week.ts";

/** Days are `YYYY-MM-DD` and times are minutes since midnight, both of the clinic's wall: no zone ever enters the agenda's sums. */

const dayMs = 86_400_000;

/** Midnight UTC of that day: to format with `timeZone: "UTC"`, and to count days. */
export function dayDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function addDays(day: string, count: number): string {
  return new Date(dayDate(day).getTime() + count * dayMs).toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last one: 31 January and one month is 28 February. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The seven days from this one. */
export function sevenDays(from: string): string[] {
  return Array.from({ length: 7 }, (_, index) => addDays(from, index));
}

/** The seven days of its week. */
export function weekOf(day: string): string[] {
  return sevenDays(startOfWeek(day));
}

/** Whole weeks that hold its month. */
export function weeksOfMonth(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const next = addMonths(first, 1);
  const weeks: string[][] = [];
  for (let start = startOfWeek(first); start < next; start = addDays(start, 7)) weeks.push(weekOf(start));
  return weeks;
}

/** 620 → « 10 h 20 », "10:20 a.m.". */
export function sayMinute(minute: number, language: "fr" | "en"): string {
  return sayWhen(new Date((((minute % 1440) + 1440) % 1440) * 60_000), "UTC", language, "time");
}

export interface WallTime {
  readonly day: string;
  readonly minute: number;
}

/** What the wall clock of a place says at an instant, a Date or ISO 8601 text. */
export function wallClock(timeZone: string): (at: Date | string) => WallTime {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const parts = format.formatToParts(typeof at === "string" ? new Date(at) : at);
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
    return { day: `${of("year")}-${of("month")}-${of("day")}`, minute: Number(of("hour")) * 60 + Number(of("minute")) };
  };
}

/** The nearest multiple of `step`. */
export function snap(minute: number, step: number): number {
  return Math.round(minute / step) * step;
}
