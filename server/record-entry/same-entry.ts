import { foldText } from "#server/patient/fold-name.ts";

/** Whether two statements name one thing. Pure and browser-safe. */

export interface Named {
  readonly codeSystem: string;
  readonly code: string;
  /** What it is called; what a list calls it in another language, too. */
  readonly words: readonly string[];
}

/** By its code in one list, or by its words, without their accents, capitals and marks. */
export function isSameEntry(one: Named, other: Named): boolean {
  if (one.code !== "" && one.code === other.code && one.codeSystem === other.codeSystem) return true;
  const known = other.words.map(fold);
  return one.words.some((words) => fold(words) !== "" && known.includes(fold(words)));
}

const fold = (words: string) =>
  foldText(words)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
