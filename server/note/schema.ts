import { z } from "zod";
import { professionCodes } from "#server/clinic/professions.ts";
import { encounterClasses } from "#server/encounter/schema.ts";
import { templateChoice } from "#server/questionnaire/schema.ts";
import { id, line, optionalLine, version } from "#server/schema.ts";
import { answersSchema } from "./rich-text-schema.ts";

/** Inputs of the notes. Browser-safe. */

/** How long an edit is held without a sign of life, in seconds: then another may take it over. */
export const heldSeconds = 120;
/** A note that is signed longer than this after the care is marked late, in hours. */
export const lateAfterHours = 24;

/** What the note concludes, on its own page: words, and a code where there is one. */
export const diagnosisSchema = z.object({
  text: line(200),
  code: optionalLine(60).default(""),
  /**
   * Whose code it is; '' without one. Chosen from a list, that list's own name (and `codeVersion`), as a problem has it; written by hand,
   * what its form tells: icd-9, icd-10 or other.
   */
  system: optionalLine(60).default(""),
  codeVersion: optionalLine(40).optional(),
  /** The problem of the patient's list that it was chosen from: signed, the note is among that problem's notes. */
  conditionId: id.optional(),
});
export type Diagnosis = z.output<typeof diagnosisSchema>;

const content = z.object({
  title: optionalLine(200),
  answers: answersSchema,
  diagnoses: z.array(diagnosisSchema).max(30, "tooLong"),
});
export type NoteContent = z.output<typeof content>;

const revision = z.int("malformed").min(1, "malformed");
/** One window of the browser, named by itself when it opens. */
const tab = z.string("malformed").regex(/^[A-Za-z0-9_-]{16,64}$/, "malformed");

export const paneInput = z.object({ patientId: id, appointmentId: id.optional() });
export type PaneInput = z.output<typeof paneInput>;

/** `id` and `encounterId` are made by the screen: sent twice, it is one note of one encounter. */
export const startNoteInput = z.object({
  id,
  encounterId: id,
  patientId: id,
  appointmentId: id.nullable().default(null),
  class: z.enum(encounterClasses).default("ambulatory"),
  reason: optionalLine(500).default(""),
  /** Left out: what this person wrote on last, or what their profession uses. */
  template: templateChoice.optional(),
  /** When the care was given, if not now nor at the visit's hour. */
  occurredAt: z.coerce.date().optional(),
  /** Whether another begins where this person has signed one at this visit; otherwise that one is given back, to read. */
  again: z.boolean().optional(),
  tab,
});
export type StartNoteInput = z.output<typeof startNoteInput>;

/** A correction says why. */
export const amendNoteInput = z.discriminatedUnion("relation", [
  z.object({ id, noteId: id, relation: z.literal("addendum"), tab }),
  z.object({ id, noteId: id, relation: z.literal("correction"), reason: line(300), tab }),
]);
export type AmendNoteInput = z.output<typeof amendNoteInput>;

/** `take`: from oneself in another window, at once; from somebody else, only when their hold has run out. */
export const openDraftInput = z.object({
  id,
  tab,
  take: z.boolean().default(false),
  mayWrite: z.boolean().default(true),
});
export type OpenDraftInput = z.output<typeof openDraftInput>;

export const saveDraftInput = content.extend({ id, tab, revision, saveId: id });
export type SaveDraftInput = z.output<typeof saveDraftInput>;

export const holdDraftInput = z.object({ id, tab, release: z.boolean().default(false) });
export type HoldDraftInput = z.output<typeof holdDraftInput>;

export const watchDraftInput = z.object({ id });

export const signNoteInput = z.object({ id, revision });
export type SignNoteInput = z.output<typeof signNoteInput>;

export const cosignNoteInput = z.object({ id, version });
export type CosignNoteInput = z.output<typeof cosignNoteInput>;

export const markNoteInErrorInput = z.object({ id, version, reason: line(500) });
export type MarkNoteInErrorInput = z.output<typeof markNoteInErrorInput>;

/** Neither: whoever may read the chart. */
export const setAudienceInput = z.object({
  id,
  version,
  professions: z.array(z.enum(professionCodes)).max(10, "tooLong"),
  userIds: z.array(id).max(20, "tooLong"),
});
export type SetAudienceInput = z.output<typeof setAudienceInput>;

/** `saveId` as in a save: sent twice, it is one change. */
export const changeTemplateInput = z.object({ id, tab, revision, saveId: id, template: templateChoice });
export type ChangeTemplateInput = z.output<typeof changeTemplateInput>;

export const readNoteInput = z.object({ id, refresh: z.boolean().default(false) });
export type ReadNoteInput = z.output<typeof readNoteInput>;

const most = z.int().min(1).max(100).default(30);

/** Newest care first; `after` is the last id of the page before. */
export const listNotesInput = z.object({
  patientId: id,
  after: id.optional(),
  most,
  /** `YYYY-MM-DD`: only what was given on these days, both included. */
  from: z.iso.date("malformed").optional(),
  until: z.iso.date("malformed").optional(),
  /** A problem: only what hangs on it, signed. */
  conditionId: id.optional(),
  refresh: z.boolean().default(false),
});
export type ListNotesInput = z.output<typeof listNotesInput>;

export const unsignedNotesInput = z.object({
  which: z.enum(["mine", "cosign"]).default("mine"),
  after: id.optional(),
  most,
  refresh: z.boolean().default(false),
});
export type UnsignedNotesInput = z.output<typeof unsignedNotesInput>;

/** `YYYY-MM-DD`, the clinic's. */
export const notesOfDayInput = z.object({ date: z.iso.date("malformed"), refresh: z.boolean().default(false) });
export type NotesOfDayInput = z.output<typeof notesOfDayInput>;

/** 32 random bytes that the browser made and keeps beside what it encrypted, in base64url. */
export const localKeyInput = z.object({ salt: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "malformed") });
