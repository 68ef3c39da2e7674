import { z } from "zod";
import { day } from "#server/patient/schema.ts";
import { id, line, optionalLine, version } from "#server/schema.ts";

export const consentPurposes = [
  "care",
  "communication",
  "disclosure",
  "relatives",
  "photo",
  "teaching",
  "research",
  "promotion",
  "other",
] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
export const consentModes = ["oral", "written"] as const;
export type ConsentMode = (typeof consentModes)[number];

/** One purpose at a time, apart from any other (AC-14). `id` is made by the screen. */
export const recordConsentInput = z.object({
  id: z.uuidv7(),
  patientId: id,
  purpose: z.enum(consentPurposes, "required"),
  decision: z.enum(["permit", "deny"], "required"),
  /** What exactly: to whom, which information, for what. */
  scope: line(500),
  mode: z.enum(consentModes, "required"),
  /** A related person who may act that day; null: the person themselves. */
  givenBy: id.nullable().default(null),
  /** Day on which it was given. */
  takenOn: day,
  /** Which wording was read or signed. */
  textVersion: optionalLine(60).default(""),
  expiresOn: day.nullable().default(null),
});
export type RecordConsentInput = z.output<typeof recordConsentInput>;
export const withdrawConsentInput = z.object({
  id,
  version,
  mode: z.enum(consentModes, "required"),
  reason: optionalLine(300).default(""),
});

export const listConsentsInput = z.object({ patientId: id });
