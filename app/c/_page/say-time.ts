import { sayWhen } from "#server/schedule/say-when.ts";
import type { Language } from "../../_i18n/locale.ts";

const noBreak = "\u00a0";

/** « 8 h 30 », « 20 h », "8:30 a.m.", "8 p.m.": an hour of opening, which is of the wall and not of one day. */
export function sayMinute(minute: number, language: Language): string {
  const [hour, rest] = [Math.floor(minute / 60) % 24, String(minute % 60).padStart(2, "0")];
  if (language === "fr") return `${minute === 1440 ? 24 : hour}${noBreak}h${rest === "00" ? "" : `${noBreak}${rest}`}`;
  const shown = hour % 12 === 0 ? 12 : hour % 12;
  return `${shown}${rest === "00" ? "" : `:${rest}`}${noBreak}${hour < 12 ? "a.m." : "p.m."}`;
}

/** The date of an instant somewhere, AAAA-MM-JJ. */
const dateIn = (at: Date, timeZone: string) => new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);

const daysBetween = (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);

export interface SaidPlace {
  /** « demain, 8 h 40 », « jeudi, 9 h 15 », « mer. 2 déc., 10 h 30 »: as one would say it. */
  readonly near: string;
  /** « mar. 24 nov. ». */
  readonly date: string;
}

/** A free time as it is said to whoever looks now. */
export function sayPlace(
  { startsAt, timeZone }: { startsAt: string; timeZone: string },
  now: Date,
  language: Language,
  words: { today: string; tomorrow: string },
): SaidPlace {
  const at = new Date(startsAt);
  const days = daysBetween(dateIn(now, timeZone), dateIn(at, timeZone));
  const time = sayWhen(at, timeZone, language, "time");
  const short = sayWhen(at, timeZone, language, "short");
  const date = short.slice(0, short.lastIndexOf(","));
  const weekday = new Intl.DateTimeFormat(`${language}-CA`, { timeZone, weekday: "long" }).format(at);
  const day = days === 0 ? words.today : days === 1 ? words.tomorrow : days < 7 ? weekday : undefined;
  return { near: day ? `${day}, ${time}` : short, date };
}

/** « lundi », "Monday". @param date AAAA-MM-JJ */
export const sayWeekday = (date: string, language: Language) =>
  new Intl.DateTimeFormat(`${language}-CA`, { timeZone: "UTC", weekday: "long" }).format(new Date(date));

/** « 24 décembre », « 1er janvier », "December 24". @param date AAAA-MM-JJ */
export const sayDay = (date: string, language: Language) =>
  new Intl.DateTimeFormat(`${language}-CA`, { timeZone: "UTC", day: "numeric", month: "long" })
    .format(new Date(date))
    .replace(/^1 /, "1er ")
    .replace(" ", noBreak);

/** The two ends of some days, the month once where it is the same: « 24 » and « 26 décembre », "December 24" and "26". */
export function sayDays(from: string, until: string, language: Language): { from: string; until: string } {
  const [first, last] = [sayDay(from, language), sayDay(until, language)];
  if (from.slice(0, 7) !== until.slice(0, 7)) return { from: first, until: last };
  if (language === "fr") return { from: first.split(noBreak)[0] ?? "", until: last };
  return { from: first, until: last.split(noBreak)[1] ?? "" };
}
