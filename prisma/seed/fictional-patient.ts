import type { z } from "zod";
import type { ClinicContext } from "#server/context.ts";
import { checkDigit, namInitials } from "#server/patient/nam.ts";
import type { PatientView } from "#server/patient/record.ts";
import { registerPatient } from "#server/patient/register-patient.ts";
import { registerPatientInput } from "#server/patient/schema.ts";
import { familyNames, givenNames, rareFamilyName, rareFamilyNames, type WeightedName } from "./quebec-names.ts";

/** A source of chance in [0, 1); give a seeded one for the same people every time. */
export type Chance = () => number;

/** Mulberry32: small, fast, and the same on every machine. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface FictionalPerson {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthFamilyName: string;
  readonly preferredName: string;
  readonly birthDate: string;
  readonly sex: "female" | "male";
  readonly language: "fr" | "en";
  /** A synthetic NAM that agrees with the person. */
  readonly nam: string;
  /** A number of the range kept for fiction (555-01xx). */
  readonly phone: string;
}

/** Somebody who could live in Québec: a third bear a rare family name, one in eight has two, one woman in five was born under another. */
export function fictionalPerson(chance: Chance = Math.random): FictionalPerson {
  const sex = chance() < 0.52 ? "female" : "male";
  const familyName = chance() < 0.12 ? `${anyFamilyName(chance)}-${anyFamilyName(chance)}` : anyFamilyName(chance);
  const givenName = weighted(givenNames[sex], chance);
  const birthFamilyName = sex === "female" && chance() < 0.2 ? anyFamilyName(chance) : "";
  const birthDate = anyBirthDate(chance);
  return {
    familyName,
    givenName,
    birthFamilyName,
    preferredName: chance() < 0.03 ? weighted(givenNames[sex], chance) : "",
    birthDate,
    sex,
    language: chance() < 0.12 ? "en" : "fr",
    nam: syntheticNam(birthFamilyName || familyName, givenName, birthDate, sex, 1 + Math.floor(chance() * 9)),
    phone: `${pick(["418", "581", "514", "438", "450", "819"], chance)}555${String(100 + Math.floor(chance() * 100)).padStart(4, "0")}`,
  };
}

/** A NAM made by the rules, for somebody who does not exist. */
export function syntheticNam(
  surname: string,
  givenName: string,
  birthDate: string,
  sex: "female" | "male",
  order = 1,
): string {
  const initials = namInitials(surname, givenName);
  const [year = "", month = "", day = ""] = birthDate.split("-");
  const printedMonth = sex === "female" ? String(Number(month) + 50) : month;
  const check = checkDigit(initials, year, printedMonth, `${day}${order}`);
  return `${initials}${year.slice(2)}${printedMonth}${day}${order}${check}`;
}

/** A complete, valid input for registerPatient. */
export function patientInput(
  overrides: Partial<z.input<typeof registerPatientInput>> = {},
  chance: Chance = Math.random,
): z.output<typeof registerPatientInput> {
  const { nam, phone, ...identity } = fictionalPerson(chance);
  return registerPatientInput.parse({
    ...identity,
    nam: { value: nam, expiry: "2031-05", status: "valid" },
    contacts: [{ system: "phone", use: "mobile", value: phone }],
    // A NAM that agrees with the made-up person would not agree with the names that a test gives.
    ...(changesPerson(overrides) && { nam: { value: null, expiry: null, status: "absent" as const } }),
    // Nor would the birth name of one person go with the family name of another.
    ...("familyName" in overrides && { birthFamilyName: "" }),
    ...overrides,
  });
}

const changesPerson = (overrides: object) =>
  ["familyName", "givenName", "birthFamilyName", "birthDate", "sex"].some((field) => field in overrides);

/** Registers a fictional patient in the context's clinic, by the verb that the doors use. */
export function makePatient(
  ctx: ClinicContext,
  overrides: Partial<z.input<typeof registerPatientInput>> = {},
  chance: Chance = Math.random,
): Promise<PatientView> {
  return registerPatient(ctx, patientInput(overrides, chance));
}

function anyFamilyName(chance: Chance): string {
  if (chance() < 0.67) return weighted(familyNames, chance);
  // The tail has a head too: squaring makes the first rare names less rare than the last.
  return rareFamilyName(Math.floor(chance() ** 2 * rareFamilyNames));
}

function anyBirthDate(chance: Chance): string {
  const oldest = Date.UTC(1930, 0, 1);
  const span = Date.UTC(2026, 0, 1) - oldest;
  return new Date(oldest + Math.floor(chance() ** 0.85 * span)).toISOString().slice(0, 10);
}

const pick = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)] as T;

const totals = new WeakMap<readonly WeightedName[], number[]>();

function weighted(list: readonly WeightedName[], chance: Chance): string {
  let sums = totals.get(list);
  if (!sums) {
    let sum = 0;
    sums = list.map(({ weight }) => (sum += weight));
    totals.set(list, sums);
  }
  const at = chance() * (sums.at(-1) ?? 0);
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return list[low]?.name ?? "";
}
