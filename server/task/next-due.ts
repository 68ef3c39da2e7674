import type { RepeatUnit } from "./schema.ts";

const dayMs = 86_400_000;

/** So many days, weeks or months after a day, `YYYY-MM-DD`; a month that is too short gives its last day. Browser-safe. */
export function addToDay(from: string, count: number, unit: RepeatUnit): string {
  const at = new Date(`${from}T00:00:00Z`);
  if (unit !== "month") return toDay(at.getTime() + count * (unit === "week" ? 7 : 1) * dayMs);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + count, at.getUTCDate()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return toDay(Date.UTC(year, month, Math.min(day, last)));
}

const toDay = (time: number) => new Date(time).toISOString().slice(0, 10);

interface Repeating {
  /** The first day of the row, from which all are counted: one of the 31st stays at the end of its months. */
  readonly from: string;
  readonly every: number;
  readonly unit: RepeatUnit;
  /** `YYYY-MM-DD`, included; null without an end. */
  readonly until: string | null;
}

/**
 * The day of the next one: the first of the row after the one that was due and not before today, so that one done three weeks late does not
 * bring three more. null when the row has ended. Days are `YYYY-MM-DD`.
 */
export function nextDue({ from, every, unit, until }: Repeating, due: string, today: string): string | null {
  const after = due > today ? due : today;
  const spanDays = unit === "month" ? 31 : unit === "week" ? 7 : 1;
  const passed = (Date.parse(due < today ? today : due) - Date.parse(from)) / dayMs;
  // Never past it: a month has 31 days at most.
  let step = Math.max(1, Math.floor(passed / (spanDays * every)));
  let next = addToDay(from, step * every, unit);
  while (next <= due || next < after) {
    step += 1;
    next = addToDay(from, step * every, unit);
  }
  return until !== null && next > until ? null : next;
}
