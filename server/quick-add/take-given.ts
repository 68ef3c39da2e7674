import type { Site } from "#server/immunization/schema.ts";
import { foldText } from "#server/patient/fold-name.ts";

/** « zona dose 2 deltoïde gauche lot A123 »: what is said of how a vaccine was given, apart from which it was. Pure and browser-safe. */

export interface Given {
  readonly doseNumber: number | null;
  readonly site: Site;
  readonly lot: string;
}

export const nothingOfIt: Given = { doseNumber: null, site: "", lot: "" };

const arms = ["bras", "deltoide", "deltoid", "arm"];
const thighs = ["cuisse", "thigh", "vaste", "vastus"];
const left = ["gauche", "g", "left", "l"];
const right = ["droit", "droite", "d", "right", "r"];
/** Before it, when it is taken away. */
const linking = ["au", "a", "la", "le", "dans", "in", "the", "site", "muscle"];

const bare = (word: string | undefined) => foldText(word ?? "").replace(/[,;.:]$/, "");

/** Each is taken once: what is said twice stays in the words, where it is seen. */
export function takeGiven(words: readonly string[]): Given & { readonly rest: readonly string[] } {
  const dose = takeDose(words);
  const lot = takeLot(dose.rest);
  const site = takeSite(lot.rest);
  return { doseNumber: dose.doseNumber, lot: lot.lot, site: site.site, rest: trimmed(site.rest) };
}

/** « dose 2 », « 2e dose », « 2nd dose »; not « dose 0,5 mL ». */
function takeDose(words: readonly string[]) {
  const at = words.findIndex((word) => bare(word) === "dose");
  const none = { doseNumber: null, rest: words };
  if (at < 0) return none;
  const after = /^#?(\d{1,2})[,;.]?$/.exec(words[at + 1] ?? "")?.[1];
  const before = /^(\d{1,2})(?:e|re|er|eme|st|nd|rd|th)$/.exec(bare(words[at - 1]))?.[1];
  const isVolume = after !== undefined && /^(?:ml|cc|mcg|mg|ug|µg)$/.test(bare(words[at + 2]));
  const number = Number(before ?? (isVolume ? undefined : after));
  if (!(number >= 1 && number <= 20)) return none;
  const [from, until] = before === undefined ? [at, at + 2] : [at - 1, at + 1];
  return { doseNumber: number, rest: [...words.slice(0, from), ...words.slice(until)] };
}

/** « lot A123 », « lot: A123 », « lot # A123 » */
function takeLot(words: readonly string[]) {
  const at = words.findIndex((word) => bare(word) === "lot");
  const next = /^(?:#|no\.?|n°|:)$/i.test(words[at + 1] ?? "") ? at + 2 : at + 1;
  const lot = (words[next] ?? "").replace(/^#/, "").replace(/[,;.]$/, "");
  if (at < 0 || lot === "" || lot.length > 60 || !/\d/.test(lot)) return { lot: "", rest: words };
  return { lot: lot.toUpperCase(), rest: [...words.slice(0, at), ...words.slice(next + 1)] };
}

/** « deltoïde gauche », « bras d », « left arm » */
function takeSite(words: readonly string[]): { site: Site; rest: readonly string[] } {
  for (let at = 0; at < words.length; at += 1) {
    const part = bare(words[at]);
    const of = arms.includes(part) ? "arm" : thighs.includes(part) ? "thigh" : undefined;
    if (!of) continue;
    for (const side of [at + 1, at - 1]) {
      const said = bare(words[side]);
      // « l » and « d » before it are articles: « d bras ».
      if (side < at && said.length === 1 && !["l", "r"].includes(said)) continue;
      const which = left.includes(said) ? "left" : right.includes(said) ? "right" : undefined;
      if (!which) continue;
      let from = Math.min(at, side);
      while (from > 0 && linking.includes(bare(words[from - 1]))) from -= 1;
      return { site: `${which}-${of}`, rest: [...words.slice(0, from), ...words.slice(Math.max(at, side) + 1)] };
    }
  }
  return { site: "", rest: words };
}

/** A comma that stood before what was taken is of nothing any more. */
const trimmed = (words: readonly string[]) =>
  words.map((word, at) => (at === words.length - 1 ? word.replace(/[,;:]$/, "") : word));
