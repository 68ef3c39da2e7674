import { z } from "zod";
import { coding } from "#server/record-entry/schema.ts";
import { day, id, line, optionalLine, optionalText, partialDate, version } from "#server/schema.ts";

/** A vaccine given, told of, or refused (FHIR R4 Immunization). Browser-safe. */

export const immunizationStatuses = ["completed", "not-done"] as const;
export type ImmunizationStatus = (typeof immunizationStatuses)[number];
export const sites = ["", "left-arm", "right-arm", "left-thigh", "right-thigh", "other"] as const;
export type Site = (typeof sites)[number];
export const routes = ["", "im", "sc", "id", "oral", "nasal"] as const;
export type Route = (typeof routes)[number];
export const origins = ["here", "elsewhere"] as const;
export type Origin = (typeof origins)[number];

const card = z.object({
  ...coding,
  vaccine: line(200),
  product: optionalLine(200).default(""),
  occurred: partialDate.refine((text) => text !== "", "required"),
  lot: optionalLine(60).default(""),
  /** The day printed on the vial. */
  expiresOn: day.nullable().default(null),
  site: z.enum(sites).default(""),
  route: z.enum(routes).default(""),
  /** « 0,5 mL » */
  dose: optionalLine(40).default(""),
  doseNumber: z.int("malformed").min(1, "malformed").max(20, "malformed").nullable().default(null),
  origin: z.enum(origins).default("here"),
  notDoneReason: optionalLine(300).default(""),
  note: optionalText(2000).default(""),
  status: z.enum(immunizationStatuses).default("completed"),
});

type Card = z.output<typeof card>;

const holds = ({ status, notDoneReason, expiresOn, occurred, origin }: Card, refuse: z.RefinementCtx) => {
  if (status === "not-done" && notDoneReason === "")
    refuse.addIssue({ code: "custom", path: ["notDoneReason"], message: "record.refusalReason" });
  // What is given here is looked at first; what a card says was given is written as it was.
  if (status === "completed" && origin === "here" && expiresOn && occurred.length === 10 && expiresOn < occurred)
    refuse.addIssue({ code: "custom", path: ["expiresOn"], message: "record.expired" });
};

/** What a form holds, judged as the verb judges it. */
export const immunizationCard = card.superRefine(holds);

export const addImmunizationInput = card.extend({ id, patientId: id }).superRefine(holds);
export type AddImmunizationInput = z.output<typeof addImmunizationInput>;

export const changeImmunizationInput = card.extend({ id, version }).superRefine(holds);
export type ChangeImmunizationInput = z.output<typeof changeImmunizationInput>;
