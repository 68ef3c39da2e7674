import { measuredCodes, measureOf } from "#server/observation/measures.ts";
import type { BodyPosition, Comparator } from "#server/observation/schema.ts";
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
  /** How they were when it was taken; absent where nobody asks. */
  readonly position?: BodyPosition;
  /** What was measured at one time, together; null for what came alone. */
  readonly panelId: string | null;
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

const positionWords = {
  fr: { lying: "couché", sitting: "assis", standing: "debout" },
  en: { lying: "lying", sitting: "sitting", standing: "standing" },
} as const;
const sayPosition = (position: BodyPosition | undefined, language: Language) =>
  position ? `(${positionWords[language][position]})` : "";

/** A line of what is chosen and printed, and the values that it says. */
export interface SaidRow extends ValueRow {
  readonly ids: readonly string[];
}

/** What a laboratory or an examination found; what is measured on the person stands after it. */
export const isFinding = ({ code }: Pick<ValueRow, "code">): boolean => !measuredCodes.includes(code);

/** Findings first, then measures; within each, as they came: the latest first. */
export function findingsFirst<Row extends Pick<ValueRow, "code">>(rows: readonly Row[]): Row[] {
  return [...rows.filter(isFinding), ...rows.filter((row) => !isFinding(row))];
}

/** A pressure that was measured whole is one: « TA 128/76 mm Hg », where its upper half stood; the lower one goes into it. Halves are of one measure by its panel alone: two of one day are two. */
export function withPressure(rows: readonly ValueRow[], language: Language): SaidRow[] {
  const lower = rows.filter(({ code, value }) => code === "bp-diastolic" && value !== null);
  const joined = new Set<string>();
  const said = rows.map((row) => {
    const other =
      row.code === "bp-systolic" && row.value !== null
        ? lower.find(({ panelId }) => panelId !== null && panelId === row.panelId)
        : undefined;
    if (!other) return { ...row, ids: [row.id] };
    joined.add(other.id);
    const [high, low] = [row, other].map(({ value }) => sayDecimal(value ?? "", language));
    const label = language === "fr" ? "TA" : "BP";
    return {
      ...row,
      ids: [row.id, other.id],
      label,
      value: null,
      unit: "",
      text: [`${high}/${low} mm\u00a0Hg`, sayPosition(row.position, language)].filter(Boolean).join(" "),
      low: null,
      high: null,
    };
  });
  return said.filter(({ id }) => !joined.has(id));
}
