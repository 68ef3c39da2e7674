import type { Relation } from "#server/history/schema.ts";
import { foldText } from "#server/patient/fold-name.ts";

/** « père », « grand-mère maternelle », « maternal uncle »: whose illness a line speaks of. Pure and browser-safe. */

export interface Relative {
  readonly relation: Exclude<Relation, "">;
  /** As it was said, where the record's relation is broader: « tante ». */
  readonly said: string;
  /** The line without it. */
  readonly rest: readonly string[];
  /** Where it stood. */
  readonly at: number;
}

const exact = {
  mother: "mere maman mother mom",
  father: "pere papa father dad",
  sister: "soeur sister",
  brother: "frere brother",
} as const;
const broader = {
  sister: "demi-soeur half-sister",
  brother: "demi-frere half-brother",
  child: "fils fille enfant son daughter child",
  grandparent: "grand-pere grand-mere grands-parents grand-parent grandfather grandmother grandparent",
  other: "tante oncle cousin cousine niece neveu aunt uncle nephew",
} as const;

const listed = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).flatMap(([relation, all]) => all.split(" ").map((word) => [word, relation] as const));
const relations = new Map([...listed(exact), ...listed(broader)] as [string, Exclude<Relation, "">][]);
const precise = new Set(listed(exact).map(([word]) => word));

const sides = new Set(["maternel", "maternelle", "paternel", "paternelle", "maternal", "paternal"]);
/** « chez son père », « of the mother ». */
const leading = new Set("chez du de des le la les l' sa son ses mon ma of in the his her my".split(" "));
/** After « mère », these make another thing of it. */
const traps = new Set(["porteuse", "teresa", "superieure", "nourriciere"]);

const bare = (word: string | undefined) => foldText(word ?? "").replace(/[:,;.]$/, "");

/** The first relative that the words name; undefined for none. */
export function findRelative(words: readonly string[]): Relative | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const found = nameAt(words, at);
    if (!found) continue;
    let [from, until] = [at, at + found.length];
    if (sides.has(bare(words[until]))) until += 1;
    else if (sides.has(bare(words[from - 1]))) from -= 1;
    const said = words
      .slice(from, until)
      .join(" ")
      .replace(/[:,;.]$/, "");
    while (from > 0 && leading.has(bare(words[from - 1]))) from -= 1;
    const isPrecise = precise.has(found.word);
    const before = words.slice(0, from);
    return {
      relation: found.relation,
      said: isPrecise ? "" : said.toLocaleLowerCase("fr"),
      rest: [...before, ...words.slice(until)],
      at: from,
    };
  }
  return undefined;
}

/** The words of each relative, where a line names several: it is cut before one that a comma, an « et » or another illness precedes. */
export function byRelative(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let part: string[] = [];
  for (const [at, word] of words.entries()) {
    const before = bare(words[at - 1]);
    const isParted = /[,;.]$/.test(words[at - 1] ?? "") || joined.has(before);
    const found = findRelative(words.slice(at));
    const begins = found?.at === 0 && (isParted || !isLed(word, before)) && (isParted || found.relation !== "child");
    if (begins && findRelative(part)) {
      parts.push(part);
      part = [];
    }
    part.push(word);
  }
  return [...parts, part].map((each) => {
    const kept = joined.has(bare(each.at(-1))) ? each.slice(0, -1) : each;
    return kept.map((word, at) => (at === kept.length - 1 ? word.replace(/[,;.]$/, "") : word));
  });
}

const joined = new Set(["et", "and", "&", "puis"]);
/** « du père »: not the beginning of another. */
const isLed = (word: string, before: string) =>
  leading.has(bare(word)) || leading.has(before) || sides.has(before) || before === "grand";

function nameAt(words: readonly string[], at: number) {
  const [first, second] = [bare(words[at]), bare(words[at + 1])];
  if (traps.has(second)) return undefined;
  // « son père »: not an English son.
  if (first === "son" && (relations.has(second) || second === "grand")) return undefined;
  const two = first === "grand" || first === "demi" || first === "half" ? `${first}-${second}` : "";
  const [word, length] = relations.has(two) ? [two, 2] : [first.replace(/^l['’]/, ""), 1];
  const relation = relations.get(word);
  return relation && { word, relation, length };
}

/** A line that begins with one of these and nothing before it speaks of the family; « fille » alone may be the patient. */
export const beginsWithRelative = (found: Relative | undefined): found is Relative =>
  found?.at === 0 && found.relation !== "child";
