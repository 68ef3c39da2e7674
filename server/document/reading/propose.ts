import { isRealDate, parseNam } from "#server/patient/nam.ts";
import { type DocumentType, documentTypes } from "../schema.ts";
import { typeWords } from "../type-words.ts";

/** What a text says of the document that holds it. Proposals: a person confirms each. Pure. */
export interface Proposal {
  readonly type: DocumentType | "";
  /** `YYYY-MM-DD` */
  readonly on: string | null;
  readonly author: string;
  readonly title: string;
  /** Canonical NAMs that are written in it, the first three. */
  readonly nams: readonly string[];
  /** Days that may be somebody's birth, the most likely first, five at most. */
  readonly birthDates: readonly string[];
}

const mostLooked = 20_000;

const months: Readonly<Record<string, number>> = {
  janvier: 1,
  février: 2,
  fevrier: 2,
  mars: 3,
  avril: 4,
  mai: 5,
  juin: 6,
  juillet: 7,
  août: 8,
  aout: 8,
  septembre: 9,
  octobre: 10,
  novembre: 11,
  décembre: 12,
  decembre: 12,
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
};
const monthNames = Object.keys(months).join("|");
const numeric = String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?<!\d)(?:19|20)\d{6}(?!\d)`;
const written = String.raw`\d{1,2}(?:er)?\s+(?:${monthNames})\.?\s+\d{4}|(?:${monthNames})\s+\d{1,2},?\s+\d{4}`;
const anyDate = new RegExp(`${numeric}|${written}`, "giu");
const birthMark = /(n[ée](?:e|\(e\))?\s+le|naissance|ddn|d\.d\.n\.?|date of birth|dob|born)[^\d]{0,20}$/iu;
/** What says of a day that it is the document's own: more than what a fax or a scanner puts in a file's name. */
const ownDate =
  /(date\s+(du|de la|de l.)\s*(rapport|document|examen|consultation|visite|prélèvement|report|visit|exam)|(report|document|visit|exam) date|rédigé le|signé le|dicté le)\s*:?\s*$/iu;
const dateMark =
  /(date\s+(du|de la|de l.)?\s*(rapport|document|examen|consultation|visite|prélèvement|service|report|visit|exam)?|rédigé le|signé le|dicté le|dated|québec,?\s+le|le)\s*:?\s*$/iu;

/**
 * @param fileName as it came: scanners and people put names and dates in it
 * @param today `YYYY-MM-DD` in the clinic: nothing is dated later
 */
export function propose(fileName: string, text: string, today: string, mediaType: string): Proposal {
  const name = fileName.replace(/\.[a-z0-9]{2,5}$/i, "").replaceAll("_", " ");
  const looked = text.slice(0, mostLooked);
  const dates = [...datesIn(name, 2), ...datesIn(looked, 0)].filter(({ on }) => on <= today);
  const born = dates.filter(({ birth }) => birth);
  const dated = dates
    .filter(({ on, birth }) => !birth && !born.some((one) => one.on === on) && on >= "1990-01-01")
    .sort((a, b) => b.weight - a.weight);
  const others = dates.filter(({ birth }) => !birth).map(({ on }) => on);
  return {
    type: typeOf(`${name}\n${looked}`, mediaType),
    on: dated[0]?.on ?? null,
    author: authorOf(looked),
    title: titleOf(name, mediaType.endsWith("spreadsheetml.sheet") ? "" : looked),
    nams: namsIn(`${name}\n${looked}`, today),
    birthDates: [...new Set([...born.map(({ on }) => on), ...others])].slice(0, 5),
  };
}

interface Found {
  readonly on: string;
  readonly birth: boolean;
  readonly weight: number;
}

function datesIn(text: string, weight: number): Found[] {
  return [...text.matchAll(anyDate)].flatMap((match) => {
    const on = readDay(match[0]);
    if (!on) return [];
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    return [
      {
        on,
        birth: birthMark.test(before),
        weight: weight + (ownDate.test(before) ? 3 : dateMark.test(before) ? 1 : 0),
      },
    ];
  });
}

function readDay(text: string): string | null {
  const parts = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text);
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  const frenchly = /^(\d{1,2})(?:er)?\s+(\p{L}+)\.?\s+(\d{4})$/iu.exec(text);
  const englishly = /^(\p{L}+)\s+(\d{1,2}),?\s+(\d{4})$/iu.exec(text);
  const month = (word = "") => String(months[word.toLowerCase()] ?? 0);
  const tries: (readonly [string?, string?, string?])[] = parts
    ? [[parts[1], parts[2], parts[3]]]
    : dayFirst
      ? [
          [dayFirst[3], dayFirst[2], dayFirst[1]],
          [dayFirst[3], dayFirst[1], dayFirst[2]],
        ]
      : frenchly
        ? [[frenchly[3], month(frenchly[2]), frenchly[1]]]
        : englishly
          ? [[englishly[3], month(englishly[1]), englishly[2]]]
          : [];
  for (const [year = "", monthOf = "", day = ""] of tries) {
    const on = `${year}-${monthOf.padStart(2, "0")}-${day.padStart(2, "0")}`;
    if (isRealDate(on) && on >= "1900-01-01") return on;
  }
  return null;
}

function namsIn(text: string, today: string): string[] {
  const found = [...text.matchAll(/\b[A-Z]{4}[\s-]?\d{4}[\s-]?\d{4}\b/gi)].flatMap(([written]) => {
    const nam = parseNam(written, today);
    return typeof nam === "string" ? [] : [nam.value];
  });
  return [...new Set(found)].slice(0, 3);
}

/** The type with the most signs. What stands at the head, where a document says what it is, counts for three. */
function typeOf(text: string, mediaType: string): DocumentType | "" {
  const head = text.slice(0, 400);
  let best: DocumentType | "" = "";
  let most = 0;
  for (const type of documentTypes) {
    const count = (part: string) =>
      typeWords[type].signs.reduce((sum, sign) => sum + [...part.matchAll(sign)].length, 0);
    const score = Math.min(count(text), 6) + 3 * Math.min(count(head), 2);
    if (score > most) [best, most] = [type, score];
  }
  if (best) return best;
  return mediaType.startsWith("image/") && mediaType !== "image/tiff" ? "photo" : "";
}

const person = String.raw`(?:\p{Lu}\.[ \t]*|\p{Lu}[\p{L}'’-]+[ \t]+){1,3}\p{Lu}[\p{L}'’-]+`;
const signed = new RegExp(
  String.raw`(?:signé (?:électroniquement )?par|dicté par|rédigé par|médecin (?:requérant|traitant|consultant)|radiologiste|signed by|author|dictated by)\s*:?\s*((?:Dre?\.?|Docteure?)?\s*${person})`,
  "u",
);
const signedAnyCase = new RegExp(signed.source, "iu");
const doctor = new RegExp(String.raw`\b(?:Dre?\.?|Docteure?|Doctor)\s+${person}`, "u");

function authorOf(text: string): string {
  const marked = signed.exec(text)?.[1] ?? signedAnyCase.exec(text)?.[1];
  const name = marked && /\p{Lu}/u.test(marked) ? marked : (doctor.exec(text)?.[0] ?? "");
  return name.replace(/\s+/gu, " ").trim().slice(0, 120);
}

/** The first line that says what the document is (of a sheet, its heads of columns would be); else the file's own name, less dates and what scanners add. */
function titleOf(name: string, text: string): string {
  const lines = text
    .slice(0, 1_500)
    .split("\n")
    .map((line) => line.replace(/\s+/gu, " ").trim());
  const telling = lines.find(
    (line) =>
      line.length >= 6 &&
      line.length <= 90 &&
      documentTypes.some((type) => typeWords[type].signs.some((sign) => new RegExp(sign.source, "iu").test(line))),
  );
  if (telling) return sentence(telling);
  const tidy = name
    .replace(anyDate, " ")
    .replace(/\b(scan|scanned|img|image|doc|document|fax|copie|copy)\b[\s-]*\d*/giu, " ")
    .replace(/[\s-]+/gu, " ")
    .trim();
  return /\p{L}{3}/u.test(tidy) ? sentence(tidy).slice(0, 120) : "";
}

/** « ÉCHOGRAPHIE ABDOMINALE » is read more slowly than « Échographie abdominale ». */
function sentence(text: string): string {
  const shouted = text === text.toUpperCase();
  const lower = shouted ? text.toLocaleLowerCase("fr-CA") : text;
  return lower.charAt(0).toLocaleUpperCase("fr-CA") + lower.slice(1);
}
