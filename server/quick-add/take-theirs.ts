/** « père vivant, 88 ans », « mère décédée à 80 ans »: what is said of the relative before the illness. Pure and browser-safe. */

const state = String.raw`(vivante?|vit|living|alive|d[ée]c[ée]d[ée]e?|dcd|died|deceased|[âa]g[ée]e?(?:\s+de)?|aged)`;
const years = String.raw`(\d{1,3})\s*(?:ans?|years?(?:\s+old)?|yrs?|y\.?o\.?)(?=$|[\s,;])`;
const begins = new RegExp(String.raw`^(?:${state}[\s,]+(?:(?:[àa]|at)\s+)?)?${years}[\s,;]+`, "iu");
const stateAlone = /^(vivante?|living|alive)[\s,]+/iu;

/**
 * @returns the words of the illness and what was said before them (« Vivant, 88 ans »); `isState`: it can be nothing but theirs. Undefined when the line
 * begins with the illness.
 */
export function takeTheirs(
  words: readonly string[],
): { readonly words: readonly string[]; readonly note: string; readonly isState: boolean } | undefined {
  const text = words.join(" ");
  const found = begins.exec(text) ?? stateAlone.exec(text);
  if (!found) return undefined;
  const rest = text.slice(found[0].length).trim();
  if (rest === "") return undefined;
  const said = found[0].replace(/[\s,;]+$/, "");
  return {
    words: rest.split(" "),
    note: said.charAt(0).toLocaleUpperCase("fr") + said.slice(1).toLocaleLowerCase("fr"),
    isState: found[1] !== undefined,
  };
}
