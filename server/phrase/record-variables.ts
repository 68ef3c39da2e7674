import type { Locale } from "#server/context.ts";
import { type Posology, sayPosology } from "#server/medication/posology.ts";
import type { RichText } from "#server/note/rich-text-schema.ts";
import { calculated } from "#server/observation/body.ts";
import { ageAt } from "#server/observation/judge-value.ts";
import { measureOf } from "#server/observation/measures.ts";
import type { Said, Variable } from "./variables.ts";

/** The last value of a series, with its day on the clinic's wall. */
export interface LastValue {
  readonly code: string;
  readonly label: string;
  readonly value: string | null;
  readonly comparator: string;
  readonly unit: string;
  readonly text: string;
  /** `YYYY-MM-DD` */
  readonly on: string;
}

/** What the record says, for the variables (read-record-facts.ts). */
export interface RecordFacts {
  readonly pressure: { readonly systolic: string; readonly diastolic: string | null; readonly on: string } | null;
  /** One for each measure that a variable names, when there is one. */
  readonly measured: readonly LastValue[];
  /** The last results of the laboratory, newest first, one for each series. */
  readonly results: readonly LastValue[];
  /** « None known » is one of them; an empty list says that nobody asked. */
  readonly allergies: readonly { readonly kind: string; readonly substance: string; readonly reaction: string }[];
  readonly problems: readonly { readonly label: string; readonly onset: string }[];
  readonly medications: readonly (Posology & { readonly label: string; readonly strength: string })[];
}

/** The measures that have a variable of their own. */
export const namedMeasures = ["weight", "height", "heart-rate", "temperature", "oxygen-saturation"] as const;

const signs: Readonly<Record<string, string>> = { "<": "< ", "<=": "≤ ", ">=": "≥ ", ">": "> " };
const decimal = (value: string, locale: Locale) => (locale === "fr" ? value.replace(".", ",") : value);
const one = (text: string, on?: string): Said => ({ text: [{ runs: [text] }], ...(on && { on }) });
/** One line by itself is said in the sentence; several make a list under it. */
const list = (lines: readonly string[]): Said | null =>
  lines.length === 0 ? null : lines.length === 1 ? one(lines[0] ?? "") : { text: items(lines) };
const items = (lines: readonly string[]): RichText => lines.map((line) => ({ list: "bullet", runs: [line] }));

function sayValue({ code, value, comparator, unit, text }: LastValue, locale: Locale): string {
  const measure = measureOf(code);
  if (value === null) return text;
  const [whole = "", part = ""] = value.split(".");
  const digits = part.padEnd(measure?.decimals ?? 0, "0");
  const number = decimal(digits ? `${whole}.${digits}` : whole, locale);
  return [`${signs[comparator] ?? ""}${number}`, measure?.unit ?? unit].filter(Boolean).join(" ");
}

const nameOf = ({ code, label }: LastValue, locale: Locale) => {
  const measure = measureOf(code);
  if (measure) return locale === "fr" ? measure.shortFr : measure.shortEn;
  return label || code.replace(/^=/, "");
};

const measured = (
  code: (typeof namedMeasures)[number],
  names: Variable["names"],
  labels: Variable["labels"],
): Variable => ({
  names,
  labels,
  category: "observation",
  say: ({ record }, { locale }) => {
    const last = record.measured.find((value) => value.code === code);
    return last ? one(`${sayValue(last, locale)} (${last.on})`, last.on) : null;
  },
});

/** What a phrase may bring from the record. What is of another day always says which, in the text itself: a note is also printed. */
export const recordVariables: readonly Variable[] = [
  {
    names: { fr: "ta", en: "bp" },
    labels: { fr: "Dernière tension artérielle", en: "Last blood pressure" },
    category: "observation",
    say: ({ record: { pressure } }) =>
      pressure &&
      one(`${[pressure.systolic, pressure.diastolic].filter(Boolean).join("/")} mmHg (${pressure.on})`, pressure.on),
  },
  measured("heart-rate", { fr: "pouls", en: "pulse" }, { fr: "Dernier pouls", en: "Last pulse" }),
  measured(
    "temperature",
    { fr: "temperature", en: "temperature" },
    { fr: "Dernière température", en: "Last temperature" },
  ),
  measured(
    "oxygen-saturation",
    { fr: "saturation", en: "saturation" },
    { fr: "Dernière saturation", en: "Last saturation" },
  ),
  measured("weight", { fr: "poids", en: "weight" }, { fr: "Dernier poids", en: "Last weight" }),
  measured("height", { fr: "taille", en: "height" }, { fr: "Dernière taille", en: "Last height" }),
  {
    names: { fr: "imc", en: "bmi" },
    labels: { fr: "IMC, calculé", en: "BMI, calculated" },
    category: "observation",
    say: ({ record, birthDate }, { locale }) => {
      const of = (code: string) =>
        record.measured.filter((value) => value.code === code).map((value) => ({ ...value, at: new Date(value.on) }));
      const [index] = calculated(of("weight"), of("height"), (at) => (ageAt(birthDate, at) ?? 18) >= 18);
      return index ? one(`${decimal(index.bmi, locale)} kg/m² (${index.from.on})`, index.from.on) : null;
    },
  },
  {
    names: { fr: "resultats", en: "results" },
    labels: { fr: "Derniers résultats", en: "Last results" },
    category: "observation",
    say: ({ record: { results } }, { locale }) => {
      const said = list(results.map((value) => `${nameOf(value, locale)} ${sayValue(value, locale)} (${value.on})`));
      return said && { ...said, ...(results[0] && { on: results[0].on }) };
    },
  },
  {
    names: { fr: "allergies", en: "allergies" },
    labels: { fr: "Allergies et intolérances", en: "Allergies and intolerances" },
    category: "allergy",
    say: ({ record: { allergies } }, { locale }) => {
      if (allergies.length === 0) return null;
      if (allergies[0]?.kind === "none-known")
        return one(locale === "fr" ? "aucune allergie connue" : "no known allergy");
      const short = locale === "fr" ? "intolérance" : "intolerance";
      return one(
        allergies
          .map(({ kind, substance, reaction }) => {
            const more = [kind === "intolerance" && short, reaction].filter(Boolean).join(", ");
            return more ? `${substance} (${more})` : substance;
          })
          .join(" ; "),
      );
    },
  },
  {
    names: { fr: "medicaments", en: "medications" },
    labels: { fr: "Médicaments en cours", en: "Current medications" },
    category: "medication",
    say: ({ record: { medications } }, { locale }) =>
      list(
        medications.map((item) =>
          [[item.label, item.strength].filter(Boolean).join(" "), sayPosology({ ...item, durationDays: null }, locale)]
            .filter(Boolean)
            .join(", "),
        ),
      ),
  },
  {
    names: { fr: "problemes", en: "problems" },
    labels: { fr: "Problèmes actifs", en: "Active problems" },
    category: "condition",
    say: ({ record: { problems } }) =>
      list(problems.map(({ label, onset }) => (onset ? `${label} (${onset})` : label))),
  },
];
