/** As it is said at the bedside: days up to a month, months up to two years, then years. */
export interface Age {
  readonly unit: "days" | "months" | "years";
  readonly count: number;
}

/** @param born `YYYY-MM-DD` @param on `YYYY-MM-DD`, not before `born`; a 29 February comes of age on 1 March */
export function ageOn(born: string, on: string): Age {
  const [year = 0, month = 0, day = 0] = born.split("-").map(Number);
  const [thatYear = 0, thatMonth = 0, thatDay = 0] = on.split("-").map(Number);
  const months = (thatYear - year) * 12 + (thatMonth - month) - (thatDay < day ? 1 : 0);
  if (months < 1)
    return { unit: "days", count: Math.max(0, Math.round((Date.parse(on) - Date.parse(born)) / 86_400_000)) };
  return months < 24 ? { unit: "months", count: months } : { unit: "years", count: Math.floor(months / 12) };
}
