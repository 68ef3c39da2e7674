import { roundTo } from "./decimal.ts";
import { type AgeLimits, type Measure, measureOf } from "./measures.ts";

/** Judging a value: can it be at all, and is it ordinary at that age? Pure and browser-safe. */

/** Out of the ordinary, and on which side; undefined: ordinary, or nobody can say. */
export type Deviation = "low" | "high";

/** Years between a birth date (`YYYY-MM-DD`) and a moment, with the fraction that a newborn's ranges need. */
export function ageAt(birthDate: string | null, at: Date): number | undefined {
  if (!birthDate) return undefined;
  const years = (at.getTime() - Date.parse(`${birthDate}T00:00:00Z`)) / (365.2425 * 86_400_000);
  return years < 0 ? undefined : years;
}

interface Value {
  readonly code: string;
  /** A decimal with a point, in the unit that the measure is kept in. */
  readonly value: string | null;
  readonly comparator?: string;
  readonly low?: string | null;
  readonly high?: string | null;
}

/**
 * A laboratory's own range first, then the ordinary values of the age; without an age, those of an adult are not guessed. « < 5 » is
 * low for sure when 5 is the bottom of the range or under it, and unknown otherwise.
 */
export function deviationOf(
  { code, value, comparator = "", low, high }: Value,
  age: number | undefined,
): Deviation | undefined {
  if (value === null) return undefined;
  const number = Number(value);
  const range =
    low != null || high != null ? { low: asNumber(low), high: asNumber(high) } : bandOf(measureOf(code), age);
  if (!range) return undefined;
  const isUnder = range.low !== undefined && (comparator === "<" ? number <= range.low : number < range.low);
  const isOver = range.high !== undefined && (comparator === ">" ? number >= range.high : number > range.high);
  if (isUnder && !comparator.startsWith(">")) return "low";
  if (isOver && !comparator.startsWith("<")) return "high";
  return undefined;
}

const asNumber = (text: string | null | undefined) => (text == null ? undefined : Number(text));

function bandOf(measure: Measure | undefined, age: number | undefined) {
  if (age === undefined) return undefined;
  return measure?.bands?.find(({ untilYears }) => age < untilYears);
}

/** Whether a living person of that age, or of any when it is not known, can have this value in the unit that it is kept in. */
export function isPossible(measure: Measure, value: string, age?: number): boolean {
  return isWithin(agesOf(measure, age)?.limits ?? measure.limits, value);
}

/** What holds at an age, where the measure has limits by age. */
export const agesOf = ({ ages }: Measure, age: number | undefined): AgeLimits | undefined =>
  age === undefined ? undefined : ages?.find(({ untilYears }) => age < untilYears);

export const isWithin = (range: readonly [number, number] | undefined, value: string): boolean =>
  range === undefined || (Number(value) >= range[0] && Number(value) <= range[1]);

/** The value in the measure's own unit, to the digits that the measure has; undefined for a unit that it does not know. */
export function inOwnUnit(measure: Measure, value: string, unit: string): string | undefined {
  if (unit === "" || unit === measure.unit) return value;
  const conversion = measure.units?.[unit];
  if (!conversion) return undefined;
  // A newborn's grams are kept to the gram.
  const decimals = unit === "g" ? 3 : measure.decimals;
  return roundTo(Number(value) * conversion.factor + (conversion.offset ?? 0), decimals);
}
