/** When a row of a flowsheet is due again. Pure and browser-safe. Days are `YYYY-MM-DD`. */

export type DueState = "never" | "overdue" | "soon" | "fine";

/** Told this long before, so that it is done at the visit that comes. */
const soonDays = 30;

/** The same day so many months later; the last of the month when it has no such day: a month after January 31 is the end of February. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** `last`: the day of the last value, or undefined when there never was one. */
export function dueOf(
  last: string | undefined,
  everyMonths: number,
  today: string,
): { state: DueState; dueOn: string | null } {
  if (last === undefined) return { state: "never", dueOn: null };
  const dueOn = addMonths(last, everyMonths);
  if (dueOn < today) return { state: "overdue", dueOn };
  const soon = new Date(Date.parse(today) + soonDays * 86_400_000).toISOString().slice(0, 10);
  return { state: dueOn <= soon ? "soon" : "fine", dueOn };
}
