/**
 * How a drug is taken: read from what is typed, counted, and said whole in both languages. Pure and browser-safe. Nothing here proposes a
 * dose: it counts what was written.
 */

/** What a dose is counted in. `countable` units make the quantity; the others are dispensed by their container. */
const units = {
  tablet: {
    fr: ["comprimé", "comprimés"],
    en: ["tablet", "tablets"],
    typed: "co|cos|cp|comp|comprime|comprimes|tab|tabs|tablet|tablets",
  },
  capsule: {
    fr: ["capsule", "capsules"],
    en: ["capsule", "capsules"],
    typed: "caps|cap|capsule|capsules|gelule|gelules",
  },
  ml: { fr: ["mL", "mL"], en: ["mL", "mL"], typed: "ml|millilitre|millilitres|cc" },
  puff: {
    fr: ["inhalation", "inhalations"],
    en: ["puff", "puffs"],
    typed: "inh|inhalation|inhalations|bouffee|bouffees|puff|puffs",
  },
  spray: {
    fr: ["vaporisation", "vaporisations"],
    en: ["spray", "sprays"],
    typed: "vap|vaporisation|vaporisations|spray|sprays",
  },
  drop: { fr: ["goutte", "gouttes"], en: ["drop", "drops"], typed: "gtt|gtts|goutte|gouttes|drop|drops" },
  patch: { fr: ["timbre", "timbres"], en: ["patch", "patches"], typed: "timbre|timbres|patch|patches" },
  suppository: {
    fr: ["suppositoire", "suppositoires"],
    en: ["suppository", "suppositories"],
    typed: "supp|suppo|suppositoire|suppositoires|suppository",
  },
  unit: { fr: ["unité", "unités"], en: ["unit", "units"], typed: "u|ui|unite|unites|unit|units" },
  application: {
    fr: ["application", "applications"],
    en: ["application", "applications"],
    typed: "app|appl|application|applications",
  },
} as const;
export type DoseUnit = keyof typeof units;
export const doseUnits = Object.keys(units) as DoseUnit[];

/** How often, with how many times that makes in a day. */
const frequencies = {
  "1-day": { perDay: 1, fr: "1 fois par jour", en: "once daily", typed: "die|qd" },
  "1-morning": { perDay: 1, fr: "1 fois par jour, le matin", en: "once daily, in the morning", typed: "am|matin|qam" },
  "1-bedtime": { perDay: 1, fr: "1 fois par jour, au coucher", en: "once daily, at bedtime", typed: "hs|coucher|qhs" },
  "2-day": { perDay: 2, fr: "2 fois par jour", en: "twice daily", typed: "bid" },
  "3-day": { perDay: 3, fr: "3 fois par jour", en: "3 times daily", typed: "tid" },
  "4-day": { perDay: 4, fr: "4 fois par jour", en: "4 times daily", typed: "qid" },
  "4-hours": { perDay: 6, fr: "toutes les 4 heures", en: "every 4 hours", typed: "q4h" },
  "6-hours": { perDay: 4, fr: "toutes les 6 heures", en: "every 6 hours", typed: "q6h" },
  "8-hours": { perDay: 3, fr: "toutes les 8 heures", en: "every 8 hours", typed: "q8h" },
  "12-hours": { perDay: 2, fr: "toutes les 12 heures", en: "every 12 hours", typed: "q12h" },
  "2-days": { perDay: 1 / 2, fr: "1 fois tous les 2 jours", en: "every other day", typed: "q2j|q2d" },
  "1-week": { perDay: 1 / 7, fr: "1 fois par semaine", en: "once weekly", typed: "q1sem|qsem" },
  "1-month": { perDay: 1 / 30, fr: "1 fois par mois", en: "once monthly", typed: "q1mois" },
  once: { perDay: 0, fr: "une seule fois", en: "once only", typed: "stat|dose unique" },
} as const;
export type Frequency = keyof typeof frequencies;
export const frequencyCodes = Object.keys(frequencies) as Frequency[];

type Language = "fr" | "en";

export const frequencyWords = (code: Frequency, language: Language): string => frequencies[code][language];

const fold = (text: string) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
const number = String.raw`(?:\d{1,3}(?:\s\d{3})+|\d{1,6})(?:[.,]\d{1,3})?`;
/** « 1,50 » is 1.5, « 10 000 » is 10000; '' for what is no positive number. */
function canonical(text: string): string {
  const value = Number(text.replaceAll(/\s/g, "").replace(",", "."));
  return value > 0 ? String(value) : "";
}

/**
 * « 10,000 » is ten thousand in English and ten in French; « 05 » is 5, or 0,5 that lost its mark. A number that can be read twice is not read. Of a
 * volume, thousandths are meant: « 1,125 mL ».
 */
export function readsTwice(text: string): boolean {
  if (/(?<![\d.,]|\d\s)0\d/.test(text)) return true;
  return /(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?!\d)/.test(text) && !/ml\.?$/i.test(text.trim());
}

export interface Dose {
  readonly dose: string;
  /** '' unless a range was given: « 1 à 2 comprimés ». */
  readonly doseHigh: string;
  readonly doseUnit: DoseUnit;
}

/** « 1 co », « 1,5 comprimé », « 1 à 2 co », « 5 mL ». undefined for what is no dose: no number, one that reads twice, no unit, or a unit that none is counted in (« 2 kg »). */
export function readDose(text: string): Dose | undefined {
  if (readsTwice(text)) return undefined;
  const found = new RegExp(`^(${number})(?:\\s*(?:a|to|-|–)\\s*(${number}))?\\s*([a-z]+)\\.?$`).exec(fold(text));
  if (!found) return undefined;
  const [, low = "", high = "", word = ""] = found;
  const doseUnit = doseUnits.find((unit) => units[unit].typed.split("|").includes(word));
  const dose = canonical(low);
  const doseHigh = high && canonical(high);
  if (!doseUnit || dose === "" || (high && Number(doseHigh) <= Number(dose))) return undefined;
  return { dose, doseHigh, doseUnit };
}

/** « 90 j », « 90 », « 2 semaines », « 3 mois » (of 30 days): days, 1 to 730. undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const found = /^(\d{1,3})\s*(j|jours?|d|days?|sem|semaines?|w|wk|weeks?|mois|m|months?)?\.?$/.exec(fold(text));
  if (!found) return undefined;
  const word = found[2] ?? "j";
  const times = /^(sem|w)/.test(word) ? 7 : /^m/.test(word) ? 30 : 1;
  const days = Number(found[1]) * times;
  return days >= 1 && days <= 730 ? days : undefined;
}

/** A quantity as it is written, with a comma or a point. undefined for what is none. */
export function readQuantity(text: string): string | undefined {
  if (readsTwice(text)) return undefined;
  const found = new RegExp(`^(${number})\\s*\\p{L}*\\.?$`, "u").exec(text.trim());
  return (found && canonical(found[1] ?? "")) || undefined;
}

/** « bid », or the code of a frequency. */
export function readFrequency(text: string): Frequency | undefined {
  const word = fold(text);
  return frequencyCodes.find((code) => code === word || frequencies[code].typed.split("|").includes(word));
}

export interface Posology {
  readonly dose: string;
  readonly doseHigh: string;
  readonly doseUnit: DoseUnit | "";
  readonly frequency: Frequency | "";
  readonly asNeeded: boolean;
  readonly instructions: string;
  readonly durationDays: number | null;
  readonly quantity: string;
  readonly repeats: number | null;
}

/** dose × times × days, whole units up; undefined while something lacks, or for what is dispensed by its container. */
export function countQuantity({
  dose,
  doseHigh,
  doseUnit,
  frequency,
  durationDays,
}: Omit<Posology, "quantity" | "repeats">): string | undefined {
  if (!dose || !doseUnit || !frequency || (!durationDays && frequency !== "once")) return undefined;
  if (["puff", "spray", "drop", "application"].includes(doseUnit)) return undefined;
  const each = Number(doseHigh || dose);
  const times =
    frequency === "once" ? 1 : Math.max(1, Math.ceil(frequencies[frequency].perDay * (durationDays ?? 1) - 1e-9));
  return String(Math.ceil(Number((each * times).toFixed(3))));
}

export const neededParts = ["dose", "frequency", "durationDays", "quantity", "repeats"] as const;
export type NeededPart = (typeof neededParts)[number];

/** What an item still lacks before it may be signed. */
export function missingParts(item: Posology): NeededPart[] {
  const lacks: Record<NeededPart, boolean> = {
    dose: item.dose === "" || item.doseUnit === "",
    frequency: item.frequency === "",
    durationDays: item.durationDays === null && item.frequency !== "once",
    quantity: item.quantity === "",
    repeats: item.repeats === null,
  };
  return neededParts.filter((part) => lacks[part]);
}

/** A form that is swallowed whole is not counted in millilitres, nor a syrup in tablets. */
export function unitFits(form: string, unit: DoseUnit | ""): boolean {
  const said = fold(form);
  const solid = /comprime|tablet|capsule|gelule/.test(said);
  const liquid = /sirop|syrup|solution|suspension|liquid/.test(said);
  if (unit === "" || (!solid && !liquid)) return true;
  return solid ? unit === "tablet" || unit === "capsule" : unit !== "tablet" && unit !== "capsule";
}

/** How a dose of this form is typed, for an empty field. */
export function doseExample(form: string, language: Language): string {
  if (!unitFits(form, "tablet")) return "5 mL";
  if (/capsule|gelule/.test(fold(form))) return "1 caps";
  return language === "fr" ? "1 co" : "1 tab";
}

const decimal = (value: string, language: Language) => (language === "fr" ? value.replace(".", ",") : value);
const word = (unit: DoseUnit, count: number, language: Language) =>
  units[unit][language][language === "fr" ? (count < 2 ? 0 : 1) : count === 1 ? 0 : 1];

/** « 1 comprimé », « 1 à 2 comprimés ». */
export function sayDose(
  { dose, doseHigh, doseUnit }: Pick<Posology, "dose" | "doseHigh" | "doseUnit">,
  language: Language,
): string {
  if (!dose || !doseUnit) return "";
  const range = doseHigh
    ? `${decimal(dose, language)} ${language === "fr" ? "à" : "to"} ${decimal(doseHigh, language)}`
    : decimal(dose, language);
  return `${range} ${word(doseUnit, Number(doseHigh || dose), language)}`;
}

/** Precisions that everybody writes, each said in both languages; all else is said as it was written. */
const usualInstructions = [
  ["aux repas", "with meals"],
  ["avec les repas", "with meals"],
  ["avec nourriture", "with food"],
  ["avec de la nourriture", "with food"],
  ["avant les repas", "before meals"],
  ["après les repas", "after meals"],
  ["à jeun", "on an empty stomach"],
  ["avec un verre d’eau", "with a glass of water"],
  ["le matin", "in the morning"],
  ["le soir", "in the evening"],
  ["au coucher", "at bedtime"],
  ["si douleur", "for pain"],
  ["si fièvre", "for fever"],
  ["si nausées", "for nausea"],
  ["si essoufflement", "for shortness of breath"],
] as const;

/** « aux repas » in English is « with meals », whatever language it was written in; words of one's own stay. */
export function sayInstructions(text: string, language: Language): string {
  const written = fold(text.replaceAll("'", "’")).replace(/\.$/, "");
  const found = usualInstructions.find((pair) => pair.some((one) => fold(one) === written));
  if (!found) return text;
  const [french, english] = found;
  if (written === fold(language === "fr" ? french : english)) return text;
  return language === "fr" ? french : english;
}

/** « 1 comprimé, 2 fois par jour, aux repas, au besoin, pendant 90 jours ». */
export function sayPosology(item: Posology, language: Language): string {
  const days = item.durationDays;
  const during =
    language === "fr" ? `pendant ${days} jour${days === 1 ? "" : "s"}` : `for ${days} day${days === 1 ? "" : "s"}`;
  return [
    sayDose(item, language),
    item.frequency && frequencies[item.frequency][language],
    sayInstructions(item.instructions, language),
    item.asNeeded && (language === "fr" ? "au besoin" : "as needed"),
    days && during,
  ]
    .filter(Boolean)
    .join(", ");
}

/** « 1 co, 2 fois/j, aux repas »: as a chart has it, where one line is one drug. Precisions are said whole. */
export function sayPosologyShort(item: Posology, language: Language): string {
  const dose = sayDose(item, language)
    .replace(/comprimés?|tablets?/, language === "fr" ? "co" : "tab")
    .replace(/capsules?/, "caps");
  const often = item.frequency && frequencies[item.frequency][language];
  return [
    dose,
    often.replace(" par jour", "/j").replace(/^toutes les (\d+) heures$/, "aux $1 h"),
    sayInstructions(item.instructions, language),
    item.asNeeded && (language === "fr" ? "au besoin" : "as needed"),
  ]
    .filter(Boolean)
    .join(", ");
}

/** « 90 comprimés »; the bare number for what is dispensed by its container. */
export function sayQuantity(
  { quantity, doseUnit }: Pick<Posology, "quantity" | "doseUnit">,
  language: Language,
): string {
  if (!quantity) return "";
  const isCounted = doseUnit !== "" && !["puff", "spray", "drop", "application"].includes(doseUnit);
  return isCounted
    ? `${decimal(quantity, language)} ${word(doseUnit, Number(quantity), language)}`
    : decimal(quantity, language);
}
