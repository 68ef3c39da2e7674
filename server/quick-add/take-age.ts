/** « infarctus à 52 ans », « breast cancer at 60 »: how old they were, apart from what it was. Pure and browser-safe. */

/** Years that last are no age: « depuis 10 ans », « il y a 10 ans », « 20 years ago ». */
const lasting = /(?:depuis|pendant|durant|il y a|x|for|since|past|last|over)\s*$/iu;
const before = String.raw`(?:(?:vers|dès|des|à|a|at|around)\s+)?(?:(?:l['’][âa]ge\s+de|[âa]ge\s+de|age\s+of|[âa]ge|aged)\s+)?`;
const inYears = new RegExp(
  String.raw`(^|[\s,;(])(${before})(\d{1,3})[\s-]*(?:ans?|years?(?:\s+old)?|yrs?|y\.?o\.?)(?=$|[\s,;)])(?!\s+ago)`,
  "iu",
);
const bare = /(^|[\s,;(])((?:at\s+(?:the\s+)?age(?:\s+of)?|[âa]ge|aged|at)\s+)(\d{1,3})(?=$|[,;)])/iu;

/**
 * @param isSaid that it is an age must be said (« à », « at »): of the person themselves, years alone may be how long
 * @returns the words without it; null: no age is said
 */
export function takeAge(words: readonly string[], isSaid: boolean): { words: readonly string[]; atAge: number | null } {
  const text = words.join(" ");
  const found = inYears.exec(text) ?? bare.exec(text);
  const atAge = Number(found?.[3]);
  if (!found || atAge > 120 || (isSaid && found[2] === "")) return { words, atAge: null };
  const start = found.index + (found[1]?.length ?? 0);
  if (lasting.test(text.slice(0, start))) return { words, atAge: null };
  const left = `${text.slice(0, start).replace(/[\s,;(]+$/u, "")} ${text.slice(found.index + found[0].length).replace(/^[\s,;)]+/u, "")}`;
  const kept = left.trim();
  return kept === "" ? { words, atAge: null } : { words: kept.split(" "), atAge };
}

/** A last number that is of the illness, and no age: « diabète type 2 », « covid 19 », « stade 3 ». */
const numbered =
  /(?:^|\s)(?:types?|stades?|stages?|grades?|classes?|class|facteur|factor|no|numero|number|x|trisomie|trisomy|chromosome|covid|brca|dt|db|diabet(?:e|es)|diabète|hepatite|hépatite|vitamine|depuis|pendant|durant|a|il y a|for|since|past|last|over|tabac|fumeu(?:r|se)|smoker|smokes|smoking|alcool|alcohol|cigarettes?|paquets?|packs?)[\s,:]*$/iu;

/** « mère cancer du sein 60 », « father mi 58 »: a bare number from 10 to 110 that ends a relative's illness is how old they were. Under ten it is as likely a grade or a count, and stays in the words. */
export function takeLastAge(aged: ReturnType<typeof takeAge>): ReturnType<typeof takeAge> {
  const last = aged.words.at(-1) ?? "";
  const before = aged.words.slice(0, -1);
  if (aged.atAge !== null || before.length === 0 || !/^\d{1,3}$/.test(last)) return aged;
  const atAge = Number(last);
  if (atAge < 10 || atAge > 110 || numbered.test(before.join(" "))) return aged;
  return { words: before.map((word, at) => (at === before.length - 1 ? word.replace(/[,;:]$/, "") : word)), atAge };
}
