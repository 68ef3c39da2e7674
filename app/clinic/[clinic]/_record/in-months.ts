/** The spans after which people are seen again, in months. */
export const spans = [1, 3, 6, 12];

/** The day in so many months, `YYYY-MM-DD`; the last of a shorter month. */
export function inMonths(months: number): string {
  const now = new Date();
  const [year, month, day] = [now.getFullYear(), now.getMonth() + months, now.getDate()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10);
}
