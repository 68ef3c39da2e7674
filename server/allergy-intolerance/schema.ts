import { z } from "zod";
import { coding } from "#server/record-entry/schema.ts";
import { id, line, optionalLine, optionalText, partialDate, version } from "#server/schema.ts";

/** An allergy or an intolerance (FHIR R4 AllergyIntolerance), and the statement that none is known. Browser-safe. */

export const allergyKinds = ["allergy", "intolerance"] as const;
export type AllergyKind = (typeof allergyKinds)[number];
export const severities = ["", "mild", "moderate", "severe"] as const;
export type Severity = (typeof severities)[number];
export const certainties = ["confirmed", "unconfirmed", "refuted"] as const;
export type Certainty = (typeof certainties)[number];
export const allergyStatuses = ["active", "resolved"] as const;

/** What a form holds, judged as the verb judges it. */
export const allergyCard = z.object({
  ...coding,
  kind: z.enum(allergyKinds).default("allergy"),
  substance: line(200),
  reaction: optionalLine(300).default(""),
  severity: z.enum(severities).default(""),
  certainty: z.enum(certainties).default("confirmed"),
  onset: partialDate.default(""),
  note: optionalText(2000).default(""),
  status: z.enum(allergyStatuses).default("active"),
});

export type AllergyCard = z.output<typeof allergyCard>;

export const addAllergyInput = allergyCard.extend({ id, patientId: id });
export type AddAllergyInput = z.output<typeof addAllergyInput>;

export const changeAllergyInput = allergyCard.extend({ id, version });
export type ChangeAllergyInput = z.output<typeof changeAllergyInput>;

/** « Aucune allergie connue »: asked today, by this person. */
export const stateNoAllergyInput = z.object({ id, patientId: id });
export type StateNoAllergyInput = z.output<typeof stateNoAllergyInput>;
