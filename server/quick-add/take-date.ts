import { isRealDate } from "#server/patient/nam.ts";

/** A date that ends a line. Pure and browser-safe. */

/** « hta depuis 2014 », « zona 2019-03 »: a last word that is a year, a month or a day that was. */
export function takeDate(
  words: readonly string[],
  today: string,
): { label: string; date: string } | { future: string } {
  const last = words.at(-1) ?? "";
  if (words.length < 2 || !/^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(last))
    return { label: words.join(" "), date: "" };
  if (last > today.slice(0, last.length)) return { future: last };
  const before = words.slice(0, -1);
  const linked = /^(depuis|en|since|in|le|on)$/i.test(before.at(-1) ?? "") ? before.slice(0, -1) : before;
  return { label: linked.join(" ").replace(/[,:]$/, ""), date: last };
}

/** « 2014-02-30 »: written as a day, and none. */
export function isImpossibleDay(word: string): boolean {
  const day = /^(?:19|20)\d\d-\d\d-\d\d(?=[,;.]?$)/.exec(word)?.[0];
  return day !== undefined && !isRealDate(day);
}
