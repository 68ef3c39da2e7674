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
