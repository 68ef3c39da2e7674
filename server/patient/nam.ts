import { foldText } from "./fold-name.ts";

/**
 * The Québec health insurance number (NAM): three letters of the birth surname, one of the given name, then YY, MM (+50
 * for women), DD, an order digit and a check digit. Format and date are hard rules; check digit, names and sex only warn,
 * since real cards disagree with what is known of the rules (AC-51). Pure and browser-safe.
 */

export type NamWarning = "checkDigit" | "names" | "sex" | "birthDate";

export interface Nam {
  /** Canonical: four capitals and eight digits, nothing between. */
  readonly value: string;
  readonly initials: string;
  readonly sex: "female" | "male";
  /** The dates it may stand for, `YYYY-MM-DD`, latest first: a NAM does not say the century. */
  readonly birthDates: readonly string[];
}

export type NamFault = "format" | "date";

/** Reads a NAM however it is spaced. A string is the hard rule that it breaks. */
export function parseNam(text: string, today: string): Nam | NamFault {
  const value = text.toUpperCase().replace(/[\s.\-\u00a0\u202f]/g, "");
  const match = /^([A-Z]{4})(\d{2})(\d{2})(\d{2})([1-9])\d$/.exec(value);
  if (!match) return "format";
  const [, initials = "", yy, mm, dd] = match;
  const printedMonth = Number(mm);
  const female = printedMonth > 50;
  const month = String(female ? printedMonth - 50 : printedMonth).padStart(2, "0");
  const birthDates = [`20${yy}-${month}-${dd}`, `19${yy}-${month}-${dd}`].filter(
    (date) => isRealDate(date) && date <= today,
  );
  if (birthDates.length === 0) return "date";
  return { value, initials, sex: female ? "female" : "male", birthDates };
}

/** Whether `YYYY-MM-DD` is a day that exists. */
export function isRealDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

export interface NamHolder {
  readonly familyName: string;
  readonly birthFamilyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
  readonly sex: string | null;
}

/**
 * What does not agree between a NAM and the person. None of it blocks: a reason is asked for instead.
 * @param onParentsCard a newborn is seen on a parent's card, so nothing of it describes the child.
 */
export function namWarnings(nam: Nam, holder: NamHolder, onParentsCard = false): NamWarning[] {
  if (onParentsCard) return checkDigitHolds(nam) ? [] : ["checkDigit"];
  const warnings: NamWarning[] = [];
  if (!checkDigitHolds(nam, holder.birthDate)) warnings.push("checkDigit");
  const surnames = [holder.birthFamilyName, holder.familyName].filter(Boolean);
  if (!surnames.some((surname) => namInitials(surname, holder.givenName) === nam.initials)) warnings.push("names");
  if (contradicts(holder.sex, nam.sex)) warnings.push("sex");
  if (holder.birthDate && !nam.birthDates.includes(holder.birthDate)) warnings.push("birthDate");
  return warnings;
}

// A marker other than M or F may differ from the NAM's month without fault (MSSS circular on identification).
const contradicts = (sex: string | null, inNam: Nam["sex"]) => (sex === "male" || sex === "female") && sex !== inNam;

/** The four letters that names give: accents and marks dropped, short names padded with X. */
export function namInitials(surname: string, givenName: string): string {
  const letters = (text: string, count: number) =>
    foldText(text)
      .replace(/[^a-z]/g, "")
      .toUpperCase()
      .slice(0, count)
      .padEnd(count, "X");
  return letters(surname, 3) + letters(givenName, 1);
}

const weights = [7, 1, 1, 3, 9, 7, 3, 9, 5, 3, 1, 3, 5, 7, 6, 9, 1];

/**
 * The check digit as petalmd/health_card computes it (MIT; confirmed on two published test numbers): each letter as two
 * digits of its rank with a gap after R, the birth year in full, month and day, order digit, weighted, modulo 10. Which
 * month counts for women is not published, so either is accepted.
 */
function checkDigitHolds(nam: Nam, birthDate?: string | null): boolean {
  const known = birthDate && nam.birthDates.includes(birthDate) ? [birthDate] : nam.birthDates;
  const printedMonth = nam.value.slice(6, 8);
  return known.some((date) =>
    [printedMonth, date.slice(5, 7)].some(
      (month) => checkDigit(nam.initials, date.slice(0, 4), month, nam.value.slice(8, 11)) === Number(nam.value[11]),
    ),
  );
}

/** @param dayAndOrder three digits: the day, then the order digit. */
export function checkDigit(initials: string, year: string, month: string, dayAndOrder: string): number {
  const ranks = [...initials].map((letter) => {
    const rank = letter.charCodeAt(0) - 64;
    return String(rank > 18 ? rank + 1 : rank).padStart(2, "0");
  });
  const digits = `${ranks.join("")}${year}${month}${dayAndOrder}`;
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 10;
}

/** `AAAA 9999 9999`, as on the card. */
export function formatNam(value: string): string {
  return `${value.slice(0, 4)} ${value.slice(4, 8)} ${value.slice(8)}`;
}

/** For lists: the letters when they are what the names give anyway, then dots and the last two digits. */
export function maskNam(last2: string, initials = "••••"): string {
  return `${initials} •••• ••${last2}`;
}
