import { nameWords } from "./fold-name.ts";

/**
 * When two names may be of one person. Québec writes one person's name in many ways: two surnames of which one is used, the name of
 * birth or of marriage, the usual one of several first names, and a letter that slipped. Pure and browser-safe.
 */

/** Words that thousands share and that say nothing alone: « Saint-Pierre » is not « Saint-Jean ». */
const joining = new Set(
  "a al ben bin d da das de del della der des di do dos du e el l la le les o san santa st ste saint sainte van vande von y".split(
    " ",
  ),
);
/** A slip is only believed in a word this long: « Léa » and « Léo » are twins, « Bouchar » is « Bouchard ». */
const longEnough = 4;

/** The words that tell people apart; all of them when there is nothing else (« Le », « Ha »). */
export function tellingWords(...names: readonly string[]): string[] {
  const words = [...new Set(names.flatMap(nameWords))];
  const telling = words.filter((word) => !joining.has(word));
  return telling.length > 0 ? telling : words;
}

/** One surname of theirs is one of ours: « Bouchard » and « Bouchard-Tremblay », a name of birth and one of marriage. */
export function alikeFamily(ours: readonly string[], theirs: readonly string[]): boolean {
  const known = tellingWords(...theirs);
  return tellingWords(...ours).some((word) => hasLike(known, word)) || joinedAlike(ours, theirs);
}

/**
 * One first name is within the other: « Ginette » and « Marie Ginette », never « Marie-Ève » and « Marie-Claude ». Given and usual names
 * are compared each by itself.
 */
export function alikeGiven(ours: readonly string[], theirs: readonly string[]): boolean {
  const within = (some: readonly string[], all: readonly string[]) =>
    some.length > 0 && some.every((word) => hasLike(all, word));
  const each = theirs.map((name) => nameWords(name));
  return (
    ours.map((name) => nameWords(name)).some((mine) => each.some((one) => within(mine, one) || within(one, mine))) ||
    joinedAlike(ours, theirs)
  );
}

const hasLike = (known: readonly string[], word: string) => known.some((one) => alikeWord(one, word));

/** « Jean-François » and « Jeanfrançois ». */
function joinedAlike(ours: readonly string[], theirs: readonly string[]): boolean {
  const joined = (name: string) => nameWords(name).join("");
  const known = theirs.map(joined).filter(Boolean);
  return ours.map(joined).some((name) => name !== "" && hasLike(known, name));
}

/** The same word, or one with a letter more, less, other, or two neighbours the other way round. */
function alikeWord(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < longEnough || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
