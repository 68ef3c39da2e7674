import { rm } from "node:fs/promises";
import { sayReason } from "#server/chart/say-reason.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { importDrugs } from "#server/drug/import-drugs.ts";
import { searchDrugs } from "#server/drug/search-drugs.ts";
import { addMedication } from "#server/medication/add-medication.ts";
import { saveFavourite } from "#server/medication/favourites.ts";
import { countQuantity, type DoseUnit, type Frequency } from "#server/medication/posology.ts";
import { reviewMedications } from "#server/medication/review-medications.ts";
import { addMedicationInput, type PosologyCard, saveFavouriteInput } from "#server/medication/schema.ts";
import { preparePrescription } from "#server/medication-request/prepare-prescription.ts";
import { preparePrescriptionInput } from "#server/medication-request/schema.ts";
import { signPrescription } from "#server/medication-request/sign-prescription.ts";
import { writeInventedExtract } from "./fictional-drugs.ts";

/** Invented products for the host, and what several patients of a family practice take. */

type Taken = readonly [
  ingredient: string,
  strength: string,
  dose: string,
  unit: DoseUnit,
  frequency: Frequency,
  days: number,
  repeats: number,
  more?: Partial<PosologyCard>,
];

const amlodipine: Taken = ["amlodipine", "5 mg", "1", "tablet", "1-day", 90, 3];
const candesartan: Taken = ["candésartan", "16 mg", "1", "tablet", "1-day", 90, 3];
const empagliflozin: Taken = ["empagliflozine", "10 mg", "1", "tablet", "1-morning", 90, 3];
const metformin: Taken = ["metformine", "500 mg", "1", "tablet", "2-day", 90, 3, { instructions: "aux repas" }];
const rosuvastatin: Taken = ["rosuvastatine", "10 mg", "1", "tablet", "1-bedtime", 90, 1];
const levothyroxine: Taken = ["lévothyroxine", "88 mcg", "1", "tablet", "1-morning", 90, 2, { instructions: "à jeun" }];
const bisoprolol: Taken = ["bisoprolol", "5 mg", "1", "tablet", "1-day", 90, 3];
const sertraline: Taken = ["sertraline", "50 mg", "1", "capsule", "1-morning", 30, 5];
const pantoprazole: Taken = [
  "pantoprazole",
  "40 mg",
  "1",
  "tablet",
  "1-morning",
  30,
  2,
  { instructions: "avant le déjeuner" },
];
const salbutamol: Taken = [
  "salbutamol",
  "100 mcg",
  "1",
  "puff",
  "6-hours",
  90,
  2,
  { doseHigh: "2", asNeeded: true, quantity: "1" },
];
const acetaminophen: Taken = [
  "acétaminophène",
  "500 mg",
  "1",
  "tablet",
  "6-hours",
  30,
  0,
  { doseHigh: "2", asNeeded: true, quantity: "100", instructions: "maximum 3 g par jour" },
];

const lists: readonly (readonly Taken[])[] = [
  [amlodipine, candesartan, empagliflozin, metformin, rosuvastatin, levothyroxine, acetaminophen],
  [bisoprolol, rosuvastatin, pantoprazole],
  [sertraline],
  [salbutamol, acetaminophen],
  [levothyroxine, candesartan],
  [metformin, rosuvastatin, amlodipine],
];

/** @param doctor somebody of the clinic who may prescribe */
export async function plantMedications(doctor: ClinicContext, patients: readonly string[]): Promise<void> {
  const folder = await writeInventedExtract();
  await importDrugs({ at: folder, version: "fictive-2026-11", say: () => undefined });
  await rm(folder, { recursive: true, force: true });
  for (const taken of [amlodipine, candesartan, bisoprolol, empagliflozin, metformin, rosuvastatin])
    await saveFavourite(doctor, saveFavouriteInput.parse({ id: newId(), ...(await cardOf(doctor, taken)) }));
  for (const [at, list] of lists.entries()) {
    const patientId = patients[at];
    if (!patientId) return;
    // Some of them she sees for the first time, in the place of a colleague.
    await sayReason(doctor, { id: newId(), patientId, reason: "covering", note: "" });
    const items = await Promise.all(
      list.map(async (taken) => ({ ...(await cardOf(doctor, taken)), medicationId: newId() })),
    );
    const id = newId();
    const prepared = await preparePrescription(
      doctor,
      preparePrescriptionInput.parse({ id, patientId, version: 0, items }),
    );
    await signPrescription(doctor, { ...prepared, restarts: [] });
    if (at % 2 === 0) await reviewMedications(doctor, { id: newId(), patientId });
    const calcium = {
      label: "Vitamine D",
      strength: "1000 UI",
      form: "Comprimé",
      dose: "1",
      doseUnit: "tablet",
      frequency: "1-day",
    };
    await addMedication(
      doctor,
      addMedicationInput.parse({ id: newId(), patientId, ...calcium, origin: "elsewhere", started: "2022" }),
    );
  }
}

async function cardOf(
  ctx: ClinicContext,
  [text, strength, dose, doseUnit, frequency, durationDays, repeats, more]: Taken,
) {
  const found = await searchDrugs(ctx, { text, most: 20 });
  const drug = found.find((one) => one.strength === strength);
  if (!drug) throw new Error(`the invented extract has no ${text} ${strength}`);
  const how = { dose, doseHigh: "", doseUnit, frequency, asNeeded: false, instructions: "", durationDays, ...more };
  return {
    din: drug.din,
    ingredientCodes: drug.ingredientCodes,
    dataVersion: drug.version,
    label: drug.ingredients,
    strength,
    form: drug.form,
    route: drug.route,
    repeats,
    quantity: countQuantity(how) ?? "",
    ...how,
  };
}
