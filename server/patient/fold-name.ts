/**
 * Names as they are searched. One function folds what is written and what is asked, so that the two can never disagree;
 * PostgreSQL never folds anything. Pure and browser-safe.
 */

// Letters that no Unicode decomposition takes apart.
const takenApart: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
  ς: "σ",
};
const wholeLetters = new RegExp(`[${Object.keys(takenApart).join("")}]`, "g");

/** What joins two parts of one name; each part is a word, and so is the whole. */
const joints = /['’‘ʼ`´\p{Pd}]/u;
const between = /[^\p{L}\p{N}\p{S}]+/u;

/** « Saint » is written four ways in Québec: whoever bears one is found by any. */
const twins: Readonly<Record<string, string>> = { st: "saint", saint: "st", ste: "sainte", sainte: "ste" };

/** Code points kept of one word, and of all the words of one person (columns patient_word.word and .names). */
const longestWord = 60;
const longestText = 500;

/** Lower case, without accents, ligatures taken apart. Folding twice changes nothing. */
export function foldText(text: string): string {
  return (
    text
      // Invisible marks (direction, joiners) say nothing about a name.
      .replace(/\p{Cf}/gu, "")
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}+/gu, "")
      .replace(wholeLetters, (letter) => takenApart[letter] ?? letter)
      .normalize("NFC")
  );
}

/** The words of a name or of a query, in order, each once: « L'Écuyer-Roy » gives `l`, `ecuyer`, `roy`. */
export function nameWords(text: string): string[] {
  return [...new Set(foldText(text).split(between).map(cut).filter(Boolean))];
}

const cut = (word: string) => [...word].slice(0, longestWord).join("");

/** `lecuyerroy` for « L'Écuyer-Roy »: people also type a name without its marks. */
function joinedWords(text: string): string[] {
  return foldText(text)
    .split(/\s+/u)
    .filter((chunk) => joints.test(chunk))
    .map((chunk) => cut(chunk.split(between).join("")))
    .filter(Boolean);
}

export interface Names {
  readonly familyName: string;
  readonly givenName: string;
  readonly preferredName: string;
  readonly birthFamilyName: string;
}

/** Everything a person is found by, family name first (it sorts the answers), one space between words, 500 code points at most. */
export function searchText({ familyName, givenName, preferredName, birthFamilyName }: Names): string {
  const names = [familyName, givenName, preferredName, birthFamilyName];
  const words = names.flatMap(nameWords);
  const extra = [...names.flatMap(joinedWords), ...words.flatMap((word) => twins[word] ?? [])];
  const kept: string[] = [];
  let length = -1;
  for (const word of new Set([...words, ...extra])) {
    length += 1 + [...word].length;
    if (length > longestText) break;
    kept.push(word);
  }
  return kept.join(" ");
}
