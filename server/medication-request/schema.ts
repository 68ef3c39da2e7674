import { z } from "zod";
import { judgePosology, posologyFields } from "#server/medication/schema.ts";
import { id, line, optionalLine, version } from "#server/schema.ts";

/** Prescriptions (a signed group of FHIR R4 MedicationRequest). Browser-safe. */

const item = z
  .object({
    ...posologyFields,
    /** The drug on the patient's list that it renews, or the id that it will have there. */
    medicationId: id,
    /** What the patient is to stop for it: « 5 mg »; '' when it changes nothing. */
    replaces: optionalLine(200).default(""),
  })
  .superRefine(judgePosology);
export type PrescriptionItem = z.output<typeof item>;

const items = z
  .array(item)
  .min(1, "required")
  .max(50, "tooLong")
  .refine((all) => new Set(all.map(({ medicationId }) => medicationId)).size === all.length, "prescription.twice");

/** `id` is made by the screen that begins it; `version` 0 for one that the server has not seen. */
export const preparePrescriptionInput = z.object({
  id,
  patientId: id,
  version: z.int("malformed").min(0, "malformed"),
  items,
  /** The signed one that this corrects. */
  replacesId: id.nullable().default(null),
});
export type PreparePrescriptionInput = z.output<typeof preparePrescriptionInput>;

/** `restarts`: the drugs that were stopped, as the signer read them, and that are prescribed all the same. */
export const signPrescriptionInput = z.object({
  id,
  version,
  restarts: z
    .array(z.object({ medicationId: id, version }))
    .max(50, "tooLong")
    .default([]),
});
export type SignPrescriptionInput = z.output<typeof signPrescriptionInput>;

export const discardPrescriptionInput = z.object({ id, version });
export type DiscardPrescriptionInput = z.output<typeof discardPrescriptionInput>;

export const cancelPrescriptionInput = z.object({ id, version, reason: line(300) });
export type CancelPrescriptionInput = z.output<typeof cancelPrescriptionInput>;

export const printPrescriptionInput = z.object({ id });
export type PrintPrescriptionInput = z.output<typeof printPrescriptionInput>;
