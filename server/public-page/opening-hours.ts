/** Opening hours as a page says them, from the rules of one location. Wall time: minutes since midnight in the location's own zone. */

import { startOfWeek } from "#server/schedule/week.ts";

export interface HoursRule {
  readonly kind: "open" | "closed";
  /** ISO 8601: 1 is Monday. */
  readonly weekday: number;
  readonly fromMinute: number;
  readonly untilMinute: number;
  /** AAAA-MM-JJ. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly everyWeeks: number;
}

export interface Closure {
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface OpeningDay {
  readonly weekday: number;
  /** AAAA-MM-JJ, the next day that is this weekday. */
  readonly date: string;
  readonly spans: readonly Span[];
}

/** What a person who stands before the door wants to know. */
export type OpeningNow =
  | { readonly state: "open"; readonly until: number }
  | { readonly state: "opens"; readonly date: string; readonly from: number; readonly days: number }
  | { readonly state: "closed" };

export interface OpeningHours {
  /** Monday first. */
  readonly week: readonly OpeningDay[];
  readonly today: string;
  readonly now: OpeningNow;
  /** Closures of the next sixty days: first and last whole day. */
  readonly closures: readonly { readonly from: string; readonly until: string }[];
}

const day = 86_400_000;
const midnight = (date: string) => Date.parse(`${date}T00:00:00Z`);
const addDays = (date: string, days: number) => new Date(midnight(date) + days * day).toISOString().slice(0, 10);
const weekdayOf = (date: string) => ((new Date(midnight(date)).getUTCDay() + 6) % 7) + 1;
const weekOf = (date: string) => midnight(startOfWeek(date)) / (7 * day);

/** @returns null where no hours were written: then nothing is said of them. */
export function openingHours(
  rules: readonly HoursRule[],
  closures: readonly Closure[],
  timeZone: string,
  now: Date,
): OpeningHours | null {
  if (!rules.some(({ kind }) => kind === "open")) return null;
  const { date: today, minute } = wallTime(now, timeZone);
  const closed = closures.map((one) => ({
    from: wallTime(new Date(one.startsAt), timeZone),
    until: wallTime(new Date(one.endsAt), timeZone),
  }));
  const usual = (date: string) => spansOf(rules, date);
  const real = (date: string) =>
    closed.reduce(
      (spans, { from, until }) =>
        less(spans, {
          from: from.date < date ? 0 : from.date > date ? 1440 : from.minute,
          until: until.date > date ? 1440 : until.date < date ? 0 : until.minute,
        }),
      usual(date),
    );
  const days = Array.from({ length: 7 }, (_, n) => addDays(today, n));
  return {
    week: days
      .map((date) => ({ weekday: weekdayOf(date), date, spans: usual(date) }))
      .sort((a, b) => a.weekday - b.weekday),
    today,
    now: openingNow(real, today, minute),
    closures: closed
      .map(({ from, until }) => wholeDays(from, until))
      .filter(({ until, from }) => from <= until && until >= today && from <= addDays(today, 60)),
  };
}

function openingNow(real: (date: string) => readonly Span[], today: string, minute: number): OpeningNow {
  const open = real(today).find(({ from, until }) => from <= minute && minute < until);
  if (open) return { state: "open", until: open.until };
  for (let days = 0; days < 14; days += 1) {
    const date = addDays(today, days);
    const next = real(date).find(({ from }) => days > 0 || from > minute);
    if (next) return { state: "opens", date, from: next.from, days };
  }
  return { state: "closed" };
}

function spansOf(rules: readonly HoursRule[], date: string): readonly Span[] {
  const ofDay = rules.filter(
    ({ weekday, validFrom, validUntil, everyWeeks }) =>
      weekday === weekdayOf(date) &&
      validFrom <= date &&
      (validUntil === null || date <= validUntil) &&
      Math.round(weekOf(date) - weekOf(validFrom)) % everyWeeks === 0,
  );
  const spans = (kind: HoursRule["kind"]) =>
    ofDay
      .filter((rule) => rule.kind === kind)
      .map(({ fromMinute, untilMinute }) => ({ from: fromMinute, until: untilMinute }));
  return spans("closed").reduce(less, joined(spans("open")));
}

/** Hours that touch are one for whoever comes. */
function joined(spans: Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = kept.at(-1);
    if (last && span.from <= last.until)
      kept.splice(-1, 1, { from: last.from, until: Math.max(last.until, span.until) });
    else kept.push(span);
  }
  return kept;
}

function less(spans: readonly Span[], away: Span): readonly Span[] {
  if (away.from >= away.until) return spans;
  return spans.flatMap(({ from, until }) =>
    [
      { from, until: Math.min(until, away.from) },
      { from: Math.max(from, away.until), until },
    ].filter((rest) => rest.from < rest.until),
  );
}

/** The days that a closure takes whole; one of a few hours takes none (`from` after `until`). */
function wholeDays(from: { date: string; minute: number }, until: { date: string; minute: number }) {
  return { from: from.minute === 0 ? from.date : addDays(from.date, 1), until: addDays(until.date, -1) };
}

function wallTime(at: Date, timeZone: string): { date: string; minute: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { date: `${of("year")}-${of("month")}-${of("day")}`, minute: Number(of("hour")) * 60 + Number(of("minute")) };
}
