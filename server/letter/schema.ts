import { z } from "zod";
import { countCharacters, longestNote, richTextSchema } from "#server/note/rich-text-schema.ts";
import { day, id, line, locale, optionalLine, optionalText, version } from "#server/schema.ts";

/** Letters and the text of requests for a consultation. Browser-safe. */

export const letterKinds = ["letter", "referral"] as const;
export type LetterKind = (typeof letterKinds)[number];

/**
 * The clinical priorities of the province's desks (CRDS) and within how many days each is to be seen: A 3 days, B 10 days, C 28 days, D 3 months,
 * E 12 months (FMOQ, accès priorisé aux services spécialisés). What cannot wait three days goes to the emergency room, not here.
 */
export const priorities = { a: 3, b: 10, c: 28, d: 91, e: 365 } as const;
export type Priority = keyof typeof priorities;
export const priorityCodes = Object.keys(priorities) as Priority[];

export const recipientKinds = ["correspondent", "patient", "desk", "free"] as const;

/** To whom: a line of the directory, the patient, a desk that gives out appointments, or somebody named here alone. */
export const recipientSchema = z.object({
  kind: z.enum(recipientKinds),
  /** Of the directory. */
  correspondentId: id.nullable().default(null),
  name: optionalLine(200).default(""),
  specialty: optionalLine(100).default(""),
  /** Where it goes, as on an envelope; then the fax, as it is read. */
  address: optionalText(400).default(""),
  fax: optionalLine(40).default(""),
});
export type Recipient = z.output<typeof recipientSchema>;

export const attachmentKinds = ["document", "note", "results"] as const;
export const attachmentSchema = z.object({
  kind: z.enum(attachmentKinds),
  /** The document or the note; of results, the values that were chosen. */
  ids: z.array(id).min(1, "required").max(60, "tooLong"),
  title: line(200),
});
export type Attachment = z.output<typeof attachmentSchema>;

/** All that a window saves of a letter at a pause. */
export const letterContentSchema = z.object({
  language: locale,
  recipient: recipientSchema.nullable(),
  copies: z.array(recipientSchema).max(10, "tooLong"),
  subject: optionalLine(200),
  body: richTextSchema.refine((body) => countCharacters({ body }) <= longestNote, "letter.tooLong"),
  attachments: z.array(attachmentSchema).max(30, "tooLong"),
  /** Of a request. */
  specialty: optionalLine(100).default(""),
  priority: z.union([z.literal(""), z.enum(["a", "b", "c", "d", "e"])]).default(""),
  /** When an answer is expected; left out, by the priority. */
  expectedOn: day.nullable().default(null),
});
export type LetterContent = z.output<typeof letterContentSchema>;

const revision = z.int("malformed").min(1, "malformed");

/** `id` is made by the screen: pressed twice, one is begun. Without a template, a blank page. */
export const startLetterInput = z.object({
  id,
  patientId: id,
  templateId: id.nullable().default(null),
  /** Left out: the patient's. */
  language: locale.optional(),
});
export type StartLetterInput = z.output<typeof startLetterInput>;

export const correctLetterInput = z.object({ id, letterId: id });
export type CorrectLetterInput = z.output<typeof correctLetterInput>;

export const letterInput = z.object({ id });
export type LetterInput = z.output<typeof letterInput>;

export const readLetterInput = z.object({ id, refresh: z.boolean().default(false) });
export type ReadLetterInput = z.output<typeof readLetterInput>;

export const saveLetterInput = z.object({ id, revision, saveId: id, content: letterContentSchema });
export type SaveLetterInput = z.output<typeof saveLetterInput>;

export const signLetterInput = z.object({ id, revision });
export type SignLetterInput = z.output<typeof signLetterInput>;

export const discardLetterInput = z.object({ id, version });
export type DiscardLetterInput = z.output<typeof discardLetterInput>;

export const markLetterInErrorInput = z.object({ id, version, reason: line(300) });
export type MarkLetterInErrorInput = z.output<typeof markLetterInErrorInput>;

export const letterFieldsInput = z.object({ patientId: id, language: locale });
export type LetterFieldsInput = z.output<typeof letterFieldsInput>;

export const attachableInput = z.object({ patientId: id });
export type AttachableInput = z.output<typeof attachableInput>;

/** Latest first; `after` is the last id of the page before. */
export const listLettersInput = z.object({
  patientId: id,
  after: id.optional(),
  most: z.int().min(1).max(100).default(30),
  refresh: z.boolean().default(false),
});
export type ListLettersInput = z.output<typeof listLettersInput>;

export const lettersToInput = z.object({
  correspondentId: id,
  after: id.optional(),
  most: z.int().min(1).max(100).default(20),
});
export type LettersToInput = z.output<typeof lettersToInput>;
