import { z } from "zod";

/**
 * A text with a little form: paragraphs and list items, bold and italic, and where a piece came from. Plain data and a closed list, so that no
 * markup is ever kept, and so that a note outlives the editor that it was written in. Browser-safe.
 */

/** What a note holds at most, all its sections together: characters as a person counts them. */
export const longestNote = 50_000;

/** Control characters, lone surrogates and the marks that turn the reading direction around; a line break inside a block is one too. */
const neverText = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const runText = z
  .string("malformed")
  .max(longestNote * 2, "note.tooLong")
  .transform((text) => text.replaceAll("\t", " ").replaceAll(neverText, ""));

/** Where a piece of the text came from: another note, or a value that a phrase brought. */
export const sourceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("note"), id: z.uuid("malformed"), on: z.iso.date("malformed") }),
  z.object({
    kind: z.literal("variable"),
    name: z.string().regex(/^[a-z]{1,20}$/, "malformed"),
    on: z.iso.date("malformed").optional(),
  }),
]);
export type Source = z.output<typeof sourceSchema>;

export const runSchema = z.union([
  runText,
  z.object({
    text: runText,
    bold: z.literal(true).optional(),
    italic: z.literal(true).optional(),
    source: sourceSchema.optional(),
  }),
]);
export type Run = z.output<typeof runSchema>;

export const blockSchema = z.object({
  /** Absent: a paragraph. */
  list: z.enum(["bullet", "number"]).optional(),
  /** How deep a list item is in another list, from 1. */
  depth: z.int().min(1).max(6).optional(),
  runs: z.array(runSchema).max(2_000, "malformed"),
});
export type Block = z.output<typeof blockSchema>;

export const richTextSchema = z.array(blockSchema).max(10_000, "note.tooLong");
export type RichText = z.output<typeof richTextSchema>;

/** The answer to a section: a text, a choice among its options, or a number. */
export const answerSchema = z.union([
  richTextSchema,
  z
    .string()
    .max(200, "tooLong")
    .transform((text) => text.replaceAll(neverText, "")),
  z.number(),
]);
export type Answer = z.output<typeof answerSchema>;

export const linkId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "malformed");

/** Where a note keeps what has no section of its own in its template: shown after the others, under a name of its own. */
export const carriedId = "carried-over";

/** By the section's linkId. */
export type Answers = Record<string, Answer>;

export const answersSchema = z
  .record(linkId, answerSchema)
  .refine((answers) => Object.keys(answers).length <= 60, "malformed")
  .refine((answers) => countCharacters(answers) <= longestNote, "note.tooLong");
const textOfRun = (run: Run) => (typeof run === "string" ? run : run.text);
const textOfBlock = ({ runs }: Block) => runs.map(textOfRun).join("");

/** What it says, one line per block. */
export function plainText(answer: Answer | undefined): string {
  if (answer === undefined) return "";
  return Array.isArray(answer) ? answer.map(textOfBlock).join("\n") : String(answer);
}

/** Characters of all the answers together; an emoji is one. */
export function countCharacters(answers: Answers): number {
  let count = 0;
  for (const answer of Object.values(answers)) for (const _ of plainText(answer)) count += 1;
  return count;
}

/** Whether nothing was written. */
export function isEmptyNote(answers: Answers): boolean {
  return Object.values(answers).every((answer) => plainText(answer).trim() === "");
}
