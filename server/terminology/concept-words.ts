import { foldText, nameWords } from "#server/patient/fold-name.ts";
import type { ConceptRow } from "./schema.ts";

export interface ConceptWord {
  readonly word: string;
  /** 0: a display or a synonym begins with it. */
  readonly place: 0 | 1;
}

/** The words by which a concept is found, each once, folded as patients' names are: « Œdème » by `oed`, « l’oreille » by `ore`. */
export function conceptWords({ fr, en, synonyms }: Pick<ConceptRow, "fr" | "en" | "synonyms">): ConceptWord[] {
  const starts = new Set([...[fr, en].map((display) => nameWords(display)[0] ?? ""), ...nameWords(synonyms)]);
  // « Pneu-C-20 » is also typed in one word.
  const joined = synonyms
    .split(" ")
    .map((one) => foldText(one).replaceAll(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean);
  const words = new Set([...nameWords(`${fr} ${en} ${synonyms}`), ...joined]);
  return [...words].map((word) => ({ word, place: starts.has(word) || joined.includes(word) ? 0 : 1 }));
}

/** Nothing begins with this and comes after: the end of a search by prefix, as an index has it (COLLATE "C"). */
export const afterPrefix = (prefix: string) => `${prefix}\u{10FFFF}`;
