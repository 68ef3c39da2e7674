import { z } from "zod";
import { id, line, optionalLine, version } from "#server/schema.ts";

/** What everything written in a patient's record has in common. Browser-safe. */

/** The kinds of statement that the record holds: each is changed, corrected and looked back on in the same way. */
export const entryKinds = ["condition", "history", "allergy", "observation", "immunization"] as const;
export type EntryKind = (typeof entryKinds)[number];

export const markInErrorInput = z.object({ kind: z.enum(entryKinds), id, version, reason: line(300) });
export type MarkInErrorInput = z.output<typeof markInErrorInput>;

export const listVersionsInput = z.object({ kind: z.enum(entryKinds), id });
export type ListVersionsInput = z.output<typeof listVersionsInput>;

/** What a statement was chosen from, when it was: all empty for words of one's own. */
export const coding = {
  codeSystem: optionalLine(60).default(""),
  code: optionalLine(60).default(""),
  codeVersion: optionalLine(40).default(""),
};
