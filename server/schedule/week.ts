/**
 * Where a week begins, everywhere: agenda, booking, little calendars, and the hours that hold one week in two. Browser-safe.
 * Monday, as ISO 8601 and `date_trunc('week')` count; the README says why.
 */
export const firstDayOfWeek = 1;

const dayMs = 86_400_000;

/** The Monday of a day's week, both `YYYY-MM-DD`. */
export function startOfWeek(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() - ((at.getUTCDay() - firstDayOfWeek + 7) % 7) * dayMs).toISOString().slice(0, 10);
}
