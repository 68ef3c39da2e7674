import { z } from "zod";
import { id, line, optionalLine, optionalText, partialDate, version } from "#server/schema.ts";
import { type DoseUnit, doseUnits, type Frequency, frequencyCodes, unitFits } from "./posology.ts";

/** What a patient takes, and how (FHIR R4 MedicationStatement). Browser-safe. */

const decimal = z.string().regex(/^(\d{1,6}(\.\d{1,3})?)?$/, "medication.number");

/** A drug and how it is taken: alike on the list, in a favourite and on a prescription. */
export const posologyFields = {
  din: z
    .string()
    .regex(/^(\d{8})?$/, "medication.din")
    .default(""),
  ingredientCodes: optionalLine(300).default(""),
  /** The release of drug data that it was chosen from. */
  dataVersion: optionalLine(40).default(""),
  label: line(200),
  strength: optionalLine(120).default(""),
  form: optionalLine(80).default(""),
  route: optionalLine(80).default(""),
  /** Canonical decimals, « 1.5 »; `doseHigh` for a range. */
  dose: decimal.default(""),
  doseHigh: decimal.default(""),
  doseUnit: z.enum(["", ...doseUnits] as ["", ...DoseUnit[]], "medication.unit").default(""),
  frequency: z.enum(["", ...frequencyCodes] as ["", ...Frequency[]], "medication.frequency").default(""),
  asNeeded: z.boolean().default(false),
  instructions: optionalLine(300).default(""),
  durationDays: z
    .int("medication.number")
    .min(1, "medication.duration")
    .max(730, "medication.duration")
    .nullable()
    .default(null),
  quantity: decimal.default(""),
  repeats: z
    .int("medication.number")
    .min(0, "medication.repeats")
    .max(24, "medication.repeats")
    .nullable()
    .default(null),
  /** Why no other product may be given; '' when any may. */
  noSubstitution: optionalLine(200).default(""),
  note: optionalText(1000).default(""),
};

const posology = z.object(posologyFields);
export type PosologyCard = z.output<typeof posology>;

interface Judged {
  readonly form: string;
  readonly dose: string;
  readonly doseHigh: string;
  readonly doseUnit: DoseUnit | "";
}

/** A dose has its unit, and a unit that its form is counted in. */
export function judgePosology({ form, dose, doseHigh, doseUnit }: Judged, refuse: z.RefinementCtx): void {
  const say = (message: string) => refuse.addIssue({ code: "custom", path: ["dose"], message });
  if ((dose === "") !== (doseUnit === "")) say("medication.unit");
  else if (!unitFits(form, doseUnit)) say("medication.unitForm");
  if (doseHigh !== "" && !(Number(doseHigh) > Number(dose))) say("medication.range");
}

const card = posology.extend({
  reason: optionalLine(300).default(""),
  started: partialDate.default(""),
  origin: z.enum(["here", "elsewhere"]).default("here"),
});

export const addMedicationInput = card.extend({ id, patientId: id }).superRefine(judgePosology);
export type AddMedicationInput = z.output<typeof addMedicationInput>;

export const changeMedicationInput = card.extend({ id, version }).superRefine(judgePosology);
export type ChangeMedicationInput = z.output<typeof changeMedicationInput>;

export const stopMedicationInput = z.object({ id, version, stopped: partialDate.default(""), reason: line(300) });
export type StopMedicationInput = z.output<typeof stopMedicationInput>;

/** Taken again. */
export const resumeMedicationInput = z.object({ id, version });
export type ResumeMedicationInput = z.output<typeof resumeMedicationInput>;

export const markMedicationInput = z.object({ id, version, reason: line(300) });
export type MarkMedicationInput = z.output<typeof markMedicationInput>;

export const reviewMedicationsInput = z.object({ id, patientId: id });
export type ReviewMedicationsInput = z.output<typeof reviewMedicationsInput>;

export const readMedicationsInput = z.object({
  patientId: id,
  /** The page asks again by itself: what it shows was told. */
  refresh: z.boolean().default(false),
});
export type ReadMedicationsInput = z.output<typeof readMedicationsInput>;

export const saveFavouriteInput = posology.extend({ id }).superRefine(judgePosology);
export type SaveFavouriteInput = z.output<typeof saveFavouriteInput>;

export const removeFavouriteInput = z.object({ id, version });
export type RemoveFavouriteInput = z.output<typeof removeFavouriteInput>;
