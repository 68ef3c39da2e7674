import { foldText } from "#server/patient/fold-name.ts";

/** « décédé d'un infarctus », « died of stroke »: that they died stands apart from the illness. Pure and browser-safe. */

const deceased = ["decede", "decedee", "dcd", "deceased", "died"];
/** What follows: « d'un », « du », « of a ». */
const linked = /^(?:d['’](?:une?\s+)?|du\s+|de\s+(?:la\s+|l['’])?|(?:of|from)\s+(?:an?\s+)?)/iu;

/** @returns the illness without it, and the word itself; all of it stays where nothing else is said */
export function takeDeceased(label: string): { label: string; note: string } {
  const words = label.split(" ");
  const at = words.findIndex((word) => deceased.includes(foldText(word).replace(/[,;:.]$/, "")));
  const said = (words[at] ?? "").replace(/[,;:.]$/, "");
  if (at < 0) return { label, note: "" };
  const before = words
    .slice(0, at)
    .join(" ")
    .replace(/[,;:]$/, "");
  const after = words
    .slice(at + 1)
    .join(" ")
    .replace(linked, "");
  const illness = [before, after].filter(Boolean).join(" ");
  return illness === ""
    ? { label, note: "" }
    : { label: illness, note: said.charAt(0).toLocaleUpperCase("fr") + said.slice(1).toLocaleLowerCase("fr") };
}
