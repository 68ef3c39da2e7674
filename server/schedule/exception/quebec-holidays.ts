/**
 * Statutory holidays of Québec: Act respecting labour standards (N-1.1, s. 60) and National Holiday Act (F-1.1, s. 2), as CNESST
 * explains them. Why it is ours: the package `date-holidays` keeps 24 June and 1 July on a Sunday, where these two acts move them. Browser-safe.
 */
export type HolidayKey =
  | "newYear"
  | "goodFriday"
  | "easterMonday"
  | "patriots"
  | "national"
  | "canada"
  | "labour"
  | "thanksgiving"
  | "christmas";

export interface Holiday {
  /** The day off, `YYYY-MM-DD`. */
  readonly date: string;
  readonly key: HolidayKey;
}

/**
 * The holidays of a year, in order.
 * @param sundays whether the clinic is open on Sundays: 24 June stays where it is for whoever works on Sundays, and moves to the Monday
 * for the others (F-1.1, s. 2); 1 July moves for everybody (N-1.1, s. 60 (5)). Good Friday or Easter Monday is the employer's choice: both are here.
 */
export function quebecHolidays(year: number, sundays: boolean): Holiday[] {
  const easter = easterSunday(year);
  const national = utc(year, 6, 24);
  const canada = utc(year, 7, 1);
  const days: [HolidayKey, Date][] = [
    ["newYear", utc(year, 1, 1)],
    ["goodFriday", plus(easter, -2)],
    ["easterMonday", plus(easter, 1)],
    // The Monday before 25 May: never that day itself.
    ["patriots", mondayFrom(utc(year, 5, 18))],
    ["national", isSunday(national) && !sundays ? plus(national, 1) : national],
    ["canada", isSunday(canada) ? plus(canada, 1) : canada],
    ["labour", mondayFrom(utc(year, 9, 1))],
    ["thanksgiving", mondayFrom(utc(year, 10, 8))],
    ["christmas", utc(year, 12, 25)],
  ];
  return days.map(([key, date]) => ({ key, date: date.toISOString().slice(0, 10) }));
}

/** Easter of the Gregorian calendar: the anonymous algorithm printed in Nature (20 April 1876), as in Meeus, Astronomical Algorithms, ch. 8. */
function easterSunday(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return utc(year, Math.floor(n / 31), (n % 31) + 1);
}

const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));
const plus = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000);
const isSunday = (date: Date) => date.getUTCDay() === 0;
/** The first Monday on this day or after it. */
const mondayFrom = (date: Date) => plus(date, (8 - date.getUTCDay()) % 7);
