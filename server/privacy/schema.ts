import { z } from "zod";
import { roles } from "#server/access/permissions.ts";
import { day } from "#server/patient/schema.ts";
import { id, line, optionalLine, optionalText, version } from "#server/schema.ts";

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
/** The categories of people that a restriction may name. */
export const restrictableRoles = roles;
export type RestrictableRole = (typeof restrictableRoles)[number];
export type InformationCategory = (typeof informationCategories)[number];

/** `id` is made by the screen: sent twice, it is registered once. */
export const restrictPatientInput = z.object({
  id: id.optional(),
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

/** On what ground charts were opened, as the filter of openings names them; `preview` is the identity page alone. */
export const openingGrounds = [
  "visit",
  "care-team",
  "declared",
  "assigned",
  "break-glass",
  "administration",
  "preview",
] as const;

/** Which openings. Days are the clinic's own, both included. */
export const openingFilter = z.object({
  patientId: id.optional(),
  userId: id.optional(),
  basis: z.enum(openingGrounds).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type OpeningFilter = z.output<typeof openingFilter>;

export const listOpeningsInput = openingFilter.extend(newestFirst.shape);
export type ListOpeningsInput = z.output<typeof listOpeningsInput>;

export const listToReviewInput = newestFirst.extend({ show: z.enum(["waiting", "flagged", "all"]).default("waiting") });
export type ListToReviewInput = z.output<typeof listToReviewInput>;

/** Shorter than any remark that says something. */
const shortestRemark = 3;

/** What the person in charge thinks of an opening; what is to follow up is said in words. */
export const verdictInput = z
  .object({ flagged: z.boolean(), comment: optionalText(1000).default("") })
  .refine(({ flagged, comment }) => !flagged || [...comment].length >= shortestRemark, {
    path: ["comment"],
    message: "privacy.remarkNeeded",
  });

/** `id` is made by the screen: pressed twice, it is one look. */
export const reviewOpeningInput = verdictInput.safeExtend({
  id,
  kind: z.enum(["glass", "reason", "self-made"]),
  openingId: id,
});
export type ReviewOpeningInput = z.output<typeof reviewOpeningInput>;

/** Shorter than any sentence that documents a danger to life or integrity. */
const shortestReason = 10;

/** `id` is made by the screen: pressed twice, one glass is broken and one notice sent. */
export const breakGlassInput = z.object({
  id: id.optional(),
  patientId: id,
  reason: line(1000).refine((text) => [...text].length >= shortestReason, "privacy.reasonTooShort"),
});
export type BreakGlassInput = z.output<typeof breakGlassInput>;
