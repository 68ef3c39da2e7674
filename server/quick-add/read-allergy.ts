import { foldText } from "#server/patient/fold-name.ts";
import { capital } from "./capital.ts";
import type { AllergyRead, Reading } from "./reading.ts";

/** « pénicilline urticaire », « pénicilline, sulfa », « ras »: what follows the word for an allergy. Pure and browser-safe. */

const severities: Readonly<Record<string, "mild" | "moderate" | "severe">> = {
  legere: "mild",
  leger: "mild",
  mild: "mild",
  moderee: "moderate",
  modere: "moderate",
  moderate: "moderate",
  grave: "severe",
  severe: "severe",
};
/** Words with which a reaction begins. */
const reactions =
  "urticaire eruption rash anaphylaxie anaphylaxis choc shock oedeme edeme edema angioedeme angioedema enflure swelling prurit demangeaison demangeaisons itching hives toux cough nausee nausees nausea vomissement vomissements vomiting diarrhee diarrhea dyspnee dyspnea bronchospasme bronchospasm cephalee cephalees headache vertige vertiges dizziness rougeur rougeurs redness inconnue unknown".split(
    " ",
  );

export const joining = ["a", "à", "au", "aux", "la", "le", "les", "to", "the", "de", "du"];
/** That there is none, or no longer, or that nobody knows: no red mark is made of it. */
const denials =
  "nkda nka apc nie nies nier non no not none nil ras rien nothing aucun aucune pas sans zero 0 neg negatif negative levee leve infirmee infirme exclue exclu refutee refute doute douteuse doubtful ruled possible ?".split(
    " ",
  );
/** What may stand beside a denial without saying anything more. */
const fillers = [
  "connue",
  "connues",
  "known",
  "allergie",
  "allergies",
  "allergy",
  "ce",
  "jour",
  "medicamenteuse",
  "medicamenteuses",
  "les",
];
const bare = (word: string | undefined) => foldText(word ?? "").replace(/^[(]|[:,;.)]+$/g, "");
const isDenial = (word: string) => denials.includes(bare(word)) || /^[?\s]+$/.test(word) || /\?$/.test(word);
const isReaction = (word: string | undefined) => reactions.includes(bare(word));

/**
 * One allergy is sure when nothing in the line may be another: the words after a comma are its reaction only where they begin with one. Two
 * are offered as two.
 */
export function readAllergy(words: readonly string[], intolerance: boolean): Reading {
  const from = words.findIndex((word) => !joining.includes(word.toLowerCase()));
  if (from < 0) return { is: "nothing" };
  const said = words.slice(from).map((word, at) => (at === 0 ? word.replace(/^(?:l|d)['’]/i, "") : word));
  if (isDenial(said[0] ?? ""))
    return said.every((word) => isDenial(word) || fillers.includes(bare(word)) || joining.includes(bare(word)))
      ? { is: "unsure", meanings: [{ kind: "no-allergy" }] }
      : { is: "nothing" };
  const denied = said.find(isDenial);
  // « pénicilline: non »
  if (denied && denied === said.at(-1) && !/\?$/.test(denied)) return { is: "nothing" };
  const { one, isWhole } = readOne(said, intolerance);
  const several = partsOf(said).map((part) => readOne(part, intolerance).one);
  if (several.length > 1) return { is: "unsure", meanings: [{ kind: "allergies", entries: several }, one] };
  if (denied) return { is: "unsure", meanings: [one] };
  if (isWhole) return { is: "sure", meaning: one };
  // « allergie jaune d'oeuf »: one name of two words, or a substance and what it does.
  const whole = { ...one, substance: capital([one.substance, one.reaction].filter(Boolean).join(" ")), reaction: "" };
  return { is: "unsure", meanings: [whole, one] };
}

/** `isWhole`: where the substance ends is said, by a reaction, a mark or the end. */
function readOne(said: readonly string[], intolerance: boolean): { one: AllergyRead; isWhole: boolean } {
  let severity: AllergyRead["severity"] = "";
  const kept = said.filter((word, at) => {
    const found = at > 0 ? severities[bare(word)] : undefined;
    if (found) severity = found;
    return !found;
  });
  const at = kept.findIndex((word, index) => index > 0 && (isReaction(word) || /[:,]$/.test(kept[index - 1] ?? "")));
  const until = at > 0 ? at : 1;
  const one: AllergyRead = {
    kind: "allergy",
    intolerance,
    substance: capital(
      kept
        .slice(0, until)
        .join(" ")
        .replace(/[:,;]$/, ""),
    ),
    reaction: kept.slice(until).join(" ").replace(/[,;]$/, "").toLocaleLowerCase("fr"),
    severity,
  };
  return { one, isWhole: at > 0 || kept.length === 1 };
}

/** The line cut before what a comma, an « et », a stroke or a whole reaction precedes, and that begins with no reaction. */
function partsOf(said: readonly string[]): readonly (readonly string[])[] {
  const words = said.flatMap((word) =>
    word.split(/(?<=\p{L}{3,})\/(?=\p{L}{3,})/u).flatMap((each, at) => (at > 0 ? ["/", each] : [each])),
  );
  const parts: string[][] = [[]];
  for (const [at, word] of words.entries()) {
    const [part, before, isMark] = [
      parts.at(-1) ?? [],
      words[at - 1] ?? "",
      marks.includes(bare(word)) || word === "/",
    ];
    const isParted = /[,;]$/.test(before) || marks.includes(bare(before)) || before === "/";
    // « pénicilline rash sulfa anaphylaxie »: a reaction has ended, and another thing has one too.
    const follows = isReaction(before) && isReaction(words[at + 1]);
    const begins = (isParted || follows) && !isMark && !isReaction(word) && !severities[bare(word)] && !isDenial(word);
    if (begins && part.some((each) => !marks.includes(each))) parts.push([word]);
    else part.push(word);
  }
  return parts.map((part) => (marks.includes(bare(part.at(-1))) || part.at(-1) === "/" ? part.slice(0, -1) : part));
}
const marks = ["et", "and", "&", "+"];
