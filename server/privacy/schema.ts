import { z } from "zod";
import { roles } from "#server/access/permissions.ts";
import { day } from "#server/patient/schema.ts";
import { id, line, optionalLine, version } from "#server/schema.ts";

/** Inputs of the restrictions that patients ask for (LRSSS s. 7) and of passing one. Browser-safe. */

/** What a restriction may cover: everything, or one category of what tables about a person hold. */
export const informationCategories = [
  "*",
  "identity",
  "appointment",
  "note",
  "condition",
  "history",
  "allergy",
  "medication",
  "observation",
  "immunization",
  "document",
  "task",
  "message",
  "referral",
] as const;
export type InformationCategory = (typeof informationCategories)[number];

export const restrictPatientInput = z.object({
  patientId: id,
  /** One provider, or a category of providers: never both. */
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("member"), userId: id }),
    z.object({ kind: z.literal("role"), role: z.enum(roles) }),
  ]),
  category: z.enum(informationCategories),
  /** The signed notice: its date, who signed it and how to reach them (R-22.1, r. 1, s. 3). */
  signedOn: day,
  signerName: line(200),
  signerContact: line(300),
  /** The signer was told what a provider who does not see this may miss; who told them is whoever registers it. */
  risksExplained: z.literal(true, "privacy.risks"),
  reason: optionalLine(1000).default(""),
});
export type RestrictPatientInput = z.output<typeof restrictPatientInput>;

export const endRestrictionInput = z.object({
  id,
  version,
  /** The patient's own wish, as received. */
  reason: line(1000),
});
export type EndRestrictionInput = z.output<typeof endRestrictionInput>;

export const restrictionsOfInput = z.object({ patientId: id });

/** A page, newest first; `before` is the last id of the page before. */
export const newestFirst = z.object({
  before: id.optional(),
  most: z.int().min(1).max(100).default(50),
  /** The page asks again by itself: what it shows anew is told, the rest was. */
  refresh: z.boolean().default(false),
});

/** Shorter than any sentence that documents a danger to life or integrity. */
const shortestReason = 10;

export const breakGlassInput = z.object({
  patientId: id,
  reason: line(1000).refine((text) => [...text].length >= shortestReason, "privacy.reasonTooShort"),
});
export type BreakGlassInput = z.output<typeof breakGlassInput>;
