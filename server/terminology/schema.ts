import { z } from "zod";
import { line, optionalLine } from "#server/schema.ts";

/** Lists of codes to choose from. Browser-safe. */

export const conceptKinds = ["problem", "substance", "vaccine", "measure"] as const;
export type ConceptKind = (typeof conceptKinds)[number];

/** Shorter, a search would list half of what there is. */
export const shortestSearch = 2;

export const searchConceptsInput = z.object({
  kind: z.enum(conceptKinds),
  text: optionalLine(100),
  most: z.int().min(1).max(50).default(12),
});
export type SearchConceptsInput = z.output<typeof searchConceptsInput>;

/** One line of a list: at least a kind, a code and French words. */
export const conceptRow = z.object({
  kind: z.enum(conceptKinds, "terminology.kind"),
  code: line(60).refine((code) => !/[\s|]/.test(code), "terminology.code"),
  fr: line(300),
  en: optionalLine(300).default(""),
  synonyms: optionalLine(300).default(""),
});
export type ConceptRow = z.output<typeof conceptRow>;

/** A clinic's own list as CSV; the host's lists, which are longer, are loaded from its command line. */
export const importConceptsInput = z.object({
  csv: z.string("required").min(1, "required").max(2_000_000, "tooLarge"),
});
export type ImportConceptsInput = z.output<typeof importConceptsInput>;
