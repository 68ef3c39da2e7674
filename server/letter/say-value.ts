import { measureOf } from "#server/observation/measures.ts";
import type { Comparator } from "#server/observation/schema.ts";
import { type Language, sayDecimal } from "./words.ts";

/** A value as SQL gives it. */
export interface ValueRow {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  /** `YYYY-MM-DD`, the clinic's day. */
  readonly on: string;
  readonly value: string | null;
  readonly comparator: Comparator;
  readonly unit: string;
  readonly text: string;
  readonly low: string | null;
  readonly high: string | null;
}

export function nameOf({ code, label }: Pick<ValueRow, "code" | "label">, language: Language): string {
  const measure = measureOf(code);
  return label || (measure ? (language === "fr" ? measure.fr : measure.en) : code.replace(/^=|^.*\|/, ""));
}

/** « 7,9 % », « < 0,5 mmol/L », « Sans rétinopathie ». */
export function sayValue({ value, comparator, unit, text }: ValueRow, language: Language): string {
  if (value === null) return text;
  return [`${comparator && `${comparator} `}${sayDecimal(value, language)}`, unit].filter(Boolean).join(" ");
}

/** « 45 à 84 », « ≥ 60 »; '' when none came with the value. */
export function sayRange({ low, high }: ValueRow, language: Language): string {
  const [least, most] = [low, high].map((one) => one && sayDecimal(one, language));
  if (least && most) return language === "fr" ? `${least} à ${most}` : `${least} to ${most}`;
  if (least) return language === "fr" ? `au moins ${least}` : `at least ${least}`;
  return most ? (language === "fr" ? `au plus ${most}` : `at most ${most}`) : "";
}
