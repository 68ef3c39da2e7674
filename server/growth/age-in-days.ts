import { todayIn } from "#server/patient/today.ts";

/**
 * Whole days from the birth to the day of a measure on the clinic's wall. undefined before the birth.
 * @param birthDate `YYYY-MM-DD`
 */
export function ageInDays(birthDate: string, at: Date, timeZone: string): number | undefined {
  const days = Math.round((Date.parse(todayIn(timeZone, at)) - Date.parse(birthDate)) / 86_400_000);
  return days < 0 ? undefined : days;
}
