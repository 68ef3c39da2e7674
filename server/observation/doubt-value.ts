import { agesOf, isWithin } from "./judge-value.ts";
import type { Measure } from "./measures.ts";

/** What can be and most likely is not: a comma forgotten, a pound for a kilogram, another child's chart. Pure and browser-safe. */

/** The last value of a measure, in its own unit. */
export interface Last {
  readonly value: string;
  readonly at: Date;
}

export interface Doubt {
  readonly code: string;
  readonly value: string;
  /** The diastolic that the systolic stands on: they are too near each other, or too far. */
  readonly over?: string;
  /** The value that it is far from; absent: it is far from what one is at that age. */
  readonly last?: string;
}

const yearMs = 365.2425 * 86_400_000;
const growsUntil = 18;

/**
 * Whether one asks before it is written. Against the last value: a weight changes by no more than half in a year (in the first year of
 * life: twice in four months), and a child does not lose a third; a height loses 3 cm at most and gains 5 cm, and 25 cm a year while one
 * grows; a head loses 1 cm at most and gains 3 cm, and 15 cm a year. Then against what is likely at that age.
 * @param age in years, when it is measured
 */
export function doubtOf(
  measure: Measure,
  value: string,
  age: number | undefined,
  last: Last | undefined,
  now: Date,
): Doubt | undefined {
  const years = last ? (now.getTime() - last.at.getTime()) / yearMs : 0;
  const told = { code: measure.key, value };
  if (last && years >= 0 && isFar(measure.key, Number(value), Number(last.value), years, age))
    return { ...told, last: last.value };
  return isWithin(agesOf(measure, age)?.likely ?? measure.likely, value) ? undefined : told;
}

const pulsePressure = [15, 100] as const;

/** Whether one asks before a pressure is written: its two numbers are less than 15 mmHg apart, or more than 100. */
export function doubtOfPressure(systolic: string, diastolic: string): Doubt | undefined {
  const apart = Number(systolic) - Number(diastolic);
  // What stands upside down is refused.
  if (apart <= 0 || (apart >= pulsePressure[0] && apart <= pulsePressure[1])) return undefined;
  return { code: "bp-systolic", value: systolic, over: diastolic };
}

function isFar(key: string, value: number, before: number, years: number, age = growsUntil): boolean {
  const wasGrowing = age - years < growsUntil;
  const change = value - before;
  if (key === "weight") {
    const wasInfant = age - years < 1;
    const [factor, within] = wasInfant ? [2, 1 / 3] : [1.5, 1];
    if (value * 1.5 < before) return true;
    return value > before * factor && (!wasGrowing || years <= within);
  }
  if (key === "height") return change < -3 || change > 5 + (wasGrowing ? 25 * years : 0);
  if (key === "head-circumference") return change < -1 || change > 3 + (wasGrowing ? 15 * years : 0);
  return false;
}
