import { nameWords } from "./fold-name.ts";
import { isRealDate, parseNam } from "./nam.ts";

/** What a query means. Empty parts are absent. Pure and browser-safe. */
export interface SearchTerms {
  /** Folded words, each to be found in some name. */
  readonly words: readonly string[];
  readonly birthDate?: string;
  /** Three digits or more of a phone number, without the country's 1. */
  readonly digits?: string;
  /** Spellings of a file number that may be meant. */
  readonly fileNumbers?: readonly string[];
  /** Canonical NAM. */
  readonly nam?: string;
}

export const longestQuery = 200;

const mostWords = 8;

/**
 * Reads what somebody typed: names in any order, a birth date, a phone fragment, a NAM or a file number. After `#` a number
 * is a NAM or a file number and nothing else.
 */
export function parseSearch(text: string, today: string): SearchTerms {
  const exact = text.trimStart().startsWith("#");
  const query = text.slice(0, longestQuery).trim().replace(/^#/, "").trim();
  const nam = parseNam(query, today);
  if (typeof nam !== "string") return { words: [], nam: nam.value };

  const tokens = query.split(/\s+/).filter(Boolean);
  const birthDate = tokens.map(readDate).find(Boolean);
  const rest = tokens.filter((token) => !readDate(token));
  // « (418) 555-0142 », « +1 418… »: what holds digits and marks only is one number, however it is spaced.
  const numeric = rest.filter((token) => /^[+(]?[\d().\-/]+$/.test(token) && /\d/.test(token));
  const words = nameWords(rest.filter((token) => !numeric.includes(token)).join(" ")).slice(0, mostWords);
  const digits = numeric
    .join("")
    .replace(/\D/g, "")
    .replace(/^1(?=\d{10}$)/, "");
  return {
    words,
    ...(birthDate && { birthDate }),
    ...(!exact && digits.length >= 3 && digits.length <= 15 && { digits }),
    ...(rest.length === 1 && words.length <= 3 && fileNumbers(rest[0] ?? "")),
  };
}

function fileNumbers(token: string): { fileNumbers?: string[] } {
  const spelt = token.toUpperCase();
  if (!/^[A-Z0-9-]{1,20}$/.test(spelt) || !/\d/.test(spelt)) return {};
  return { fileNumbers: [spelt] };
}

/** `1985-03-02`, `19850302`, or day first as Québec writes it: `02/03/1985`, `2-3-1985`, `2.3.1985`. Month first is only believed where day first is no date. */
export const readDate = (token: string): string | undefined => readDateIn(token, "day") ?? readDateIn(token, "month");

/** @param order what comes first where the year comes last; the other way is no date */
export function readDateIn(token: string, order: "day" | "month"): string | undefined {
  const iso = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})$/.exec(token);
  if (iso && (iso[2] || token.length === 8)) return realDate(iso[1], iso[3], iso[4]);
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(token);
  if (!yearLast) return undefined;
  const [, first, , second, year] = yearLast;
  return order === "day" ? realDate(year, second, first) : realDate(year, first, second);
}

function realDate(year = "", month = "", day = ""): string | undefined {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const century = Number(year.slice(0, 2));
  return isRealDate(date) && century >= 18 && century <= 21 ? date : undefined;
}
