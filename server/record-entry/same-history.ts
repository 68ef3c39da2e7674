import { isSameEntry } from "./same-entry.ts";

/** Whether a line of the history stands already. Pure and browser-safe. */

interface Line {
  readonly kind: string;
  readonly relation: string;
  readonly label: string;
  /** A year, a month or a day; '' : not said. */
  readonly occurred: string;
  /** In years; of before, it may stand in the label. */
  readonly atAge?: number | null;
}

/** « infarctus 52 ans », « infarctus à l'âge de 52 ans »: the age is not the name of the illness. */
const age = /[,\s]+(?:(?:à|a|at|vers|dès)\s+)?(?:l['’]âge de\s+|age\s+)?\d{1,3}\s*(?:ans?|years?(?:\s+old)?|yo)\s*$/iu;
const nameOf = (label: string) => label.replace(age, "");

/** The same illness of the same relative; of several, the one of that day. */
export function sameHistory<T extends Line>(
  known: readonly T[],
  one: Line,
): { entry: T; isOtherTime: boolean } | undefined {
  const same = known.filter(
    (each) =>
      each.kind === one.kind &&
      each.relation === one.relation &&
      isSameEntry(uncoded(nameOf(each.label)), uncoded(nameOf(one.label))),
  );
  const entry = same.find((each) => isSameTime(each, one)) ?? same[0];
  return entry && { entry, isOtherTime: !isSameTime(entry, one) };
}

const uncoded = (words: string) => ({ codeSystem: "", code: "", words: [words] });

/** A year holds its months; what was not said may be the same; two ages are two times. */
function isSameTime(one: Line, other: Line): boolean {
  const [first, second] = [ageOf(one), ageOf(other)];
  if (first !== undefined && second !== undefined && first !== second) return false;
  return one.occurred.startsWith(other.occurred) || other.occurred.startsWith(one.occurred);
}

const ageOf = ({ label, atAge }: Line): number | undefined => {
  const said = age.exec(label)?.[0].match(/\d+/)?.[0];
  return atAge ?? (said === undefined ? undefined : Number(said));
};
