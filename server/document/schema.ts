import { z } from "zod";
import { day, id, line, optionalLine, optionalText, version } from "#server/schema.ts";

/** Inputs of documents and their inbox. Browser-safe. */

/** What a document is, as it is looked for. The database holds the same list. */
export const documentTypes = [
  "laboratory",
  "imaging",
  "pathology",
  "functional",
  "consultation",
  "hospital",
  "operative",
  "referral",
  "prescription",
  "form",
  "consent",
  "correspondence",
  "identification",
  "photo",
  "other",
] as const;
export type DocumentType = (typeof documentTypes)[number];

export const documentStatuses = ["received", "filed", "reviewed", "entered-in-error"] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

/** Why a document is in no chart and waits no more. */
export const errorReasons = ["duplicate", "illegible", "not-a-record", "wrong-document"] as const;
export type ErrorReason = (typeof errorReasons)[number];

/** The heaviest file that is taken, and what travels of it at once: a cut network loses one part at most. */
export const MAX_DOCUMENT_BYTES = 100 * 1024 * 1024;
export const PART_BYTES = 2 * 1024 * 1024;
/** Files that one call announces. */
const mostAtOnce = 200;

/**
 * Files about to be sent, each under an id made by the screen. One that this person had begun before (same name, size and date of change) goes on
 * where it was, under its first id.
 */
export const beginUploadInput = z.object({
  files: z
    .array(
      z.object({
        id,
        name: line(255),
        sizeBytes: z.int("malformed").min(1, "document.empty").max(MAX_DOCUMENT_BYTES, "document.tooLarge"),
        modifiedAt: z.coerce.date("malformed"),
      }),
    )
    .min(1, "required")
    .max(mostAtOnce, "document.tooMany"),
});
export type BeginUploadInput = z.output<typeof beginUploadInput>;

export const partInput = z.object({ id, offset: z.int("malformed").min(0, "malformed").max(MAX_DOCUMENT_BYTES) });
export type PartInput = z.output<typeof partInput>;

/** All its parts were taken: check it and put it in the inbox. `patientId`: whose chart it was dropped on, as a proposal. */
export const completeUploadInput = z.object({ id, patientId: id.nullable().default(null) });
export type CompleteUploadInput = z.output<typeof completeUploadInput>;

export const documentInput = z.object({ id });

/** A page of what waits to be filed, the oldest first; of what one handled oneself, the latest first. */
export const inboxInput = z.object({
  which: z.enum(["unfiled", "mine"]).default("unfiled"),
  /** The last id of the page before. */
  cursor: id.nullish(),
  most: z.int().min(1).max(100).default(50),
  refresh: z.boolean().default(false),
});
export type InboxInput = z.output<typeof inboxInput>;

const card = z.object({
  documentType: z.enum(documentTypes, "required"),
  title: line(200),
  datedOn: z.iso.date("day").refine((text) => text >= "1900-01-01" && text < "2200-01-01", "dayTooFar"),
  sourceAuthor: optionalLine(200),
});

/** In whose chart, as what, and who is asked to review it. */
export const fileDocumentInput = card.extend({
  id,
  version,
  patientId: id,
  reviewerId: id.nullable(),
  urgent: z.boolean().default(false),
  /** Its words name somebody else, and whoever files it was told so. */
  despite: z.boolean().optional(),
});
export type FileDocumentInput = z.output<typeof fileDocumentInput>;

/** The words on a document that is filed already: its chart stays the same. */
export const describeDocumentInput = card.extend({ id, version });
export type DescribeDocumentInput = z.output<typeof describeDocumentInput>;

/** Out of the wrong chart, back to the inbox. */
export const unfileDocumentInput = z.object({ id, version, reason: line(300) });
export type UnfileDocumentInput = z.output<typeof unfileDocumentInput>;

export const putAsideInput = z.object({
  id,
  version,
  reason: z.enum(errorReasons, "required"),
  note: optionalLine(300),
});
export type PutAsideInput = z.output<typeof putAsideInput>;

/** To a colleague, or to oneself: it waits in their inbox. `noteId` is made by the screen: sent twice, it is said once. */
export const addressDocumentInput = z.object({
  id,
  version,
  noteId: id,
  reviewerId: id,
  urgent: z.boolean().default(false),
  comment: optionalText(2000),
});
export type AddressDocumentInput = z.output<typeof addressDocumentInput>;

export const signOffInput = z.object({ id, version, noteId: id, comment: optionalText(2000) });
export type SignOffInput = z.output<typeof signOffInput>;

export const reviewsInput = z.object({
  /** The last id of the page before. */
  cursor: id.nullish(),
  most: z.int().min(1).max(100).default(50),
  refresh: z.boolean().default(false),
});
export type ReviewsInput = z.output<typeof reviewsInput>;

/** Documents by their words and what they are, the latest first. Without words: all that the rest lets through. */
export const listDocumentsInput = z.object({
  text: z.string().max(200, "tooLong").default(""),
  patientId: id.nullable().default(null),
  types: z.array(z.enum(documentTypes)).max(documentTypes.length).default([]),
  since: day.nullable().default(null),
  until: day.nullable().default(null),
  /** Where the page before ended, as it said it: its last id, or a sealed place (`search-place.ts`). */
  cursor: z.union([id, z.string().regex(/^[\w-]{60,200}$/)]).nullish(),
  most: z.int().min(1).max(100).default(30),
  refresh: z.boolean().default(false),
});
export type ListDocumentsInput = z.output<typeof listDocumentsInput>;
