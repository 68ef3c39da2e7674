import { addToDay } from "./next-due.ts";

/** What is left of a line, and the day that its end said. */
export interface ReadDue {
  readonly rest: string;
  /** `YYYY-MM-DD` */
  readonly dueOn: string;
}

const numbers: Readonly<Record<string, number>> = {
  un: 1,
  une: 1,
  a: 1,
  an: 1,
  one: 1,
  deux: 2,
  two: 2,
  trois: 3,
  three: 3,
  quatre: 4,
  four: 4,
  cinq: 5,
  five: 5,
  six: 6,
};
const weekdays = [
  ["dimanche", "sunday"],
  ["lundi", "monday"],
  ["mardi", "tuesday"],
  ["mercredi", "wednesday"],
  ["jeudi", "thursday"],
  ["vendredi", "friday"],
  ["samedi", "saturday"],
];
const spans =
  /(?:^|\s)(?:dans|in|d'ici)\s+(\d{1,3}|[a-z]+)\s*(jours?|j|days?|d|semaines?|sem|weeks?|wks?|w|mois|months?|mo|ans?|annees?|years?|yrs?)\.?$/;
const named = /(?:^|\s)(aujourd'hui|today|apres-demain|demain|tomorrow)$/;
const weekday = new RegExp(`(?:^|\\s)(?:le |on |next )?(${weekdays.flat().join("|")})(?: prochain)?$`);
const written = /(?:^|\s)(?:le |pour le |on |by )?(\d{4}-\d\d-\d\d)$/;

/**
 * The day at the end of a line, in French or in English: « rappeler dans 2 sem », « demain », « lundi », « 2026-12-03 ». undefined when it says
 * none, or one that is not of the calendar. A weekday is the next one to come. Browser-safe.
 * @param today `YYYY-MM-DD` in the clinic
 */
export function readDue(line: string, today: string): ReadDue | undefined {
  const text = line.normalize("NFC").trim().replaceAll(/\s+/gu, " ");
  const folded = foldInPlace(text);
  const cut = (found: RegExpExecArray, dueOn: string): ReadDue | undefined =>
    dueOn >= "2000-01-01" && dueOn < "2200-01-01"
      ? { rest: text.slice(0, found.index).replace(/[\s,:;-]+$/u, ""), dueOn }
      : undefined;
  const span = spans.exec(folded);
  const count = span?.[1] ? (numbers[span[1]] ?? Number(span[1])) : Number.NaN;
  if (span?.[2] && Number.isInteger(count)) {
    const word = span[2];
    if (/^(j|d)/.test(word)) return cut(span, addToDay(today, count, "day"));
    if (/^(s|w)/.test(word)) return cut(span, addToDay(today, count, "week"));
    return cut(span, addToDay(today, /^(a|y)/.test(word) ? count * 12 : count, "month"));
  }
  const name = named.exec(folded);
  if (name?.[1])
    return cut(name, addToDay(today, name[1].startsWith("apres") ? 2 : /^(dem|tom)/.test(name[1]) ? 1 : 0, "day"));
  const on = weekday.exec(folded);
  if (on?.[1]) {
    const wanted = weekdays.findIndex((names) => names.includes(on[1] ?? ""));
    const now = new Date(`${today}T00:00:00Z`).getUTCDay();
    return cut(on, addToDay(today, (wanted - now + 7) % 7 || 7, "day"));
  }
  const date = written.exec(folded);
  const at = date?.[1] ? new Date(`${date[1]}T00:00:00Z`) : undefined;
  if (!date?.[1] || !at || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date[1])) return undefined;
  return cut(date, date[1]);
}

/** Lower case and without accents, letter by letter: what is found there stands at the same place in the line. */
const foldInPlace = (text: string) =>
  text
    .replaceAll(/[\u00c0-\u017f]/gu, (letter) => letter.normalize("NFD").charAt(0))
    .replaceAll("’", "'")
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
