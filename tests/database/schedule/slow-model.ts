import {
  addDays,
  practitionerCount,
  type RandomClinic,
  type RandomSitting,
  resourceCount,
  roomPlaces,
  ruleDays,
  rulesOf,
  weekdayOf,
} from "./random-clinic.ts";

/**
 * Availability as one would explain it, minute by minute, in no hurry: nothing here is shared with the SQL. Instants are minutes
 * (or seconds, where they say so) since 1970 in UTC.
 */

export interface Slot {
  at: number;
  lead: number;
  place: number;
}

interface Span {
  lo: number;
  hi: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall time at an instant: « 2027-03-14 », and minutes since midnight. */
export function wallAt(zone: string, at: number): { day: string; minute: number } {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    formats.set(zone, format);
  }
  const [day = "", hour = "", minute = ""] = format.format(at * 60_000).split(/[ :]/);
  return { day, minute: Number(hour) * 60 + Number(minute) };
}

const offsets = new Map<string, number>();

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetAt(zone: string, at: number): number {
  const key = `${zone} ${Math.floor(at / 60)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const { day, minute } = wallAt(zone, at);
    offset = Date.parse(`${day}T00:00:00Z`) / 60_000 + minute - at;
    offsets.set(key, offset);
  }
  return offset;
}

/** The instant of a wall time: the later of two when the autumn has both; in the spring's gap, as the clock was before. */
export function instantOf(zone: string, day: string, minute: number): number {
  const naive = Date.parse(`${day}T00:00:00Z`) / 60_000 + minute;
  const [before, after] = [offsetAt(zone, naive - 1440), offsetAt(zone, naive + 1440)];
  return offsetAt(zone, naive - after) === after ? naive - after : naive - before;
}

/** Whether a wall time is one that the spring skips. */
export function isSkipped(zone: string, day: string, minute: number): boolean {
  const found = wallAt(zone, instantOf(zone, day, minute));
  return found.day !== day || found.minute !== minute;
}

export const zonesOf = (clinic: RandomClinic): [string, string] => ["America/Toronto", clinic.otherZone];
export const windowOf = (clinic: RandomClinic): Span => {
  const lo = Date.parse(`${clinic.day}T00:00:00Z`) / 60_000 + clinic.from;
  return { lo, hi: lo + clinic.hours * 60 };
};
/** In seconds. */
export const nowOf = (clinic: RandomClinic): number => windowOf(clinic).lo * 60 - clinic.ahead;

export function spanOf(clinic: RandomClinic, sitting: RandomSitting): Span {
  const zone = zonesOf(clinic)[sitting.place] as string;
  const start = instantOf(zone, addDays(clinic.day, sitting.dayOffset), sitting.minute);
  return { lo: start - sitting.before, hi: start + sitting.length + sitting.after };
}

/** The sittings that can be written: at times that exist. What would overlap one before it is booked over it, and counts for nothing. */
export function writable(clinic: RandomClinic): { sitting: RandomSitting; index: number; over: boolean }[] {
  const kept: { sitting: RandomSitting; index: number; over: boolean }[] = [];
  for (const [index, sitting] of clinic.sittings.entries()) {
    const zone = zonesOf(clinic)[sitting.place] as string;
    if (isSkipped(zone, addDays(clinic.day, sitting.dayOffset), sitting.minute)) continue;
    const span = spanOf(clinic, sitting);
    const over = kept.some((other) => {
      const its = spanOf(clinic, other.sitting);
      return (
        !other.over &&
        !other.sitting.cancelled &&
        other.sitting.resources.some((one) => sitting.resources.includes(one)) &&
        its.lo < span.hi &&
        its.hi > span.lo
      );
    });
    kept.push({ sitting, index, over });
  }
  return kept;
}

/** A visit of the service itself moves, or comes back, as long as it is and with its own buffers, whatever the service says today. */
export function asMoved(clinic: RandomClinic): RandomClinic {
  const moved = writable(clinic).find(({ index }) => index === clinic.moving)?.sitting;
  if (moved?.service !== "this" || (moved.heldFor !== null && !moved.cancelled)) return clinic;
  const { length, before, after } = moved;
  return { ...clinic, length, before, after };
}

/** What a clinic offers, and who is free when. */
export function slowModel(clinic: RandomClinic) {
  const zones = zonesOf(clinic);
  const window = windowOf(clinic);
  const now = nowOf(clinic);
  const live = writable(clinic).filter(
    ({ sitting, index }) =>
      !sitting.cancelled && index !== clinic.moving && (sitting.heldFor === null || sitting.heldFor > 0),
  );
  const localDays = Array.from({ length: 6 }, (_, n) => addDays(clinic.day, n - 2));

  const ruleSpans = (resource: number, place: number, closed: boolean): Span[] =>
    rulesOf(clinic).flatMap((rule) => {
      if (rule.removed || rule.resource !== resource || rule.place !== place || rule.closed !== closed) return [];
      if (rule.service === "other") return [];
      if (closed && rule.newPatients && !clinic.newPatient) return [];
      const { weekday, validFrom, validUntil, until } = ruleDays(clinic, rule);
      return localDays.flatMap((day) => {
        if (weekdayOf(day) !== weekday || day < validFrom || (validUntil !== null && day > validUntil)) return [];
        const monday = (one: string) => Date.parse(addDays(one, 1 - weekdayOf(one))) / 86_400_000 / 7;
        if ((monday(day) - monday(validFrom)) % rule.everyWeeks !== 0) return [];
        const zone = zones[place] as string;
        return [{ lo: instantOf(zone, day, rule.from), hi: instantOf(zone, day, until) }];
      });
    });

  const exceptionSpans = (resource: number, place: number, open: boolean): Span[] =>
    clinic.exceptions.flatMap((one) => {
      if (one.removed || isOpen(one) !== open || !isException(one)) return [];
      if (one.resource !== null && one.resource !== resource) return [];
      if (one.place !== null && one.place !== place) return [];
      const zone = zones[one.place ?? 0] as string;
      const from = addDays(clinic.day, one.dayOffset);
      return [{ lo: instantOf(zone, from, one.from), hi: instantOf(zone, addDays(from, one.days), one.until) }];
    });

  /** Extra hours are the day's own: they begin again at midnight. */
  const byDay = (place: number) => (span: Span) =>
    localDays.map((day) => ({
      lo: Math.max(span.lo, instantOf(zones[place] as string, day, 0)),
      hi: Math.min(span.hi, instantOf(zones[place] as string, addDays(day, 1), 0)),
    }));

  const openings = table((resource, place) =>
    clinic.closedPlace && place === 1
      ? []
      : [...ruleSpans(resource, place, false), ...exceptionSpans(resource, place, true).flatMap(byDay(place))].filter(
          ({ lo, hi }) => lo < hi,
        ),
  );
  const closings = table((resource, place) => [
    ...ruleSpans(resource, place, true),
    ...exceptionSpans(resource, place, false),
  ]);
  const taken = Array.from({ length: resourceCount }, (_, resource) =>
    live
      .filter(({ sitting, over }) => !over && sitting.resources.includes(resource))
      .map(({ sitting }) => spanOf(clinic, sitting)),
  );

  const inside = (spans: readonly Span[], minute: number) => spans.some(({ lo, hi }) => lo <= minute && minute < hi);
  const isTaken = (resource: number, at: number) => {
    for (let minute = at - clinic.before; minute < at + clinic.length + clinic.after; minute += 1)
      if (inside(taken[resource] as Span[], minute)) return true;
    return false;
  };
  const isClosed = (spans: readonly Span[], at: number) => {
    for (let minute = at; minute < at + clinic.length; minute += 1) if (inside(spans, minute)) return true;
    return false;
  };
  const holding = (resource: number, place: number, at: number) =>
    spansAt(openings, resource, place).filter(({ lo, hi }) => lo <= at && at + clinic.length <= hi);

  /** By its own hours: for whoever leads, and for every practitioner. */
  const isFreeByHours = (resource: number, place: number, at: number) =>
    holding(resource, place, at).length > 0 &&
    !isClosed(spansAt(closings, resource, place), at) &&
    !isTaken(resource, at);
  /** A room that comes along has no hours: it is there unless it is closed or taken. */
  const isFreeRoom = (resource: number, place: number, at: number) => {
    if (roomPlaces[resource - practitionerCount] !== place || isTaken(resource, at)) return false;
    const own = clinic.exceptions.filter((one) => one.resource === resource);
    const spans = own.flatMap((one) =>
      one.removed || isOpen(one) || !isException(one) || (one.place !== null && one.place !== place)
        ? []
        : exceptionSpans(resource, place, false),
    );
    return !isClosed(spans, at);
  };

  const needs = needsOf(clinic).map(({ quantity, resources }, order) => ({
    quantity,
    resources,
    free: (place: number, at: number) =>
      resources.filter(
        (one) =>
          one !== clinic.idle &&
          (order === 0 || one < practitionerCount ? isFreeByHours(one, place, at) : isFreeRoom(one, place, at)),
      ),
  }));

  /** Whether everything needed can be had at once, each thing once. */
  function canMeet(demands: number[][], used: ReadonlySet<number>): boolean {
    const [first, ...rest] = demands;
    if (!first) return true;
    return first.some((one) => !used.has(one) && canMeet(rest, new Set([...used, one])));
  }
  /** Whether the service can be given with somebody in the first role that they have in it: who leads leads, who only assists assists. */
  function isPossibleWith(asked: number, place: number, at: number): boolean {
    const role = Math.max(
      needs.findIndex(({ resources }) => resources.includes(asked)),
      0,
    );
    const demands = needs.flatMap(({ quantity, free }, order) => {
      const candidates = free(place, at);
      return Array.from({ length: quantity - (order === role ? 1 : 0) }, () => candidates);
    });
    return (needs[role]?.free(place, at) ?? []).includes(asked) && canMeet(demands, new Set([asked]));
  }
  /** The same of who leads. */
  const isPossible = (lead: number, place: number, at: number): boolean =>
    needs[0]?.resources.includes(lead) === true && isPossibleWith(lead, place, at);

  const isFull = (lead: number, day: string) =>
    clinic.dailyLimit !== null &&
    live.filter(
      ({ sitting }) =>
        sitting.service === "this" && sitting.resources[0] === lead && addDays(clinic.day, sitting.dayOffset) === day,
    ).length >= clinic.dailyLimit;

  function offered(): Slot[] {
    const slots: Slot[] = [];
    for (let at = window.lo; at <= window.hi; at += 1) {
      if (!clinic.staff && (at * 60 < now + clinic.notice * 60 || at * 60 > now + clinic.horizon * 86_400)) continue;
      for (const lead of clinic.lead.resources)
        for (const place of [0, 1]) {
          if (clinic.where !== null && clinic.where !== place) continue;
          if (clinic.wanted !== null && !clinic.wanted.includes(lead)) continue;
          if (!holding(lead, place, at).some(({ lo }) => (at - lo) % clinic.step === 0)) continue;
          if (!clinic.staff && isFull(lead, wallAt(zones[place] as string, at).day)) continue;
          if (isPossible(lead, place, at)) slots.push({ at, lead, place });
        }
    }
    return slots;
  }
  return { offered, isPossible, isPossibleWith, needs };
}

type Exception = RandomClinic["exceptions"][number];

/** Extra hours are somebody's, somewhere; without the two the same words close. */
export const isOpen = (one: Exception): boolean => one.open && one.resource !== null && one.place !== null;
/** One that ends before it begins cannot be written. */
export const isException = (one: Exception): boolean => one.days > 0 || one.from < one.until;

/** Who could meet each requirement; « type » is any room. */
export const needsOf = (clinic: RandomClinic): { quantity: number; resources: number[]; type: boolean }[] => [
  { ...clinic.lead, type: false },
  ...clinic.beside.map((one) => {
    const { quantity } = one;
    if (one.kind === "type")
      return { quantity, type: true, resources: roomPlaces.map((_, n) => practitionerCount + n) };
    // A requirement is of one kind: that of its first candidate.
    const people = (one.resources[0] as number) < practitionerCount;
    return { quantity, type: false, resources: one.resources.filter((it) => it < practitionerCount === people) };
  }),
];

const spansAt = (spans: Span[][][], resource: number, place: number): Span[] => spans[resource]?.[place] ?? [];

function table<T>(of: (resource: number, place: number) => T): T[][] {
  return Array.from({ length: resourceCount }, (_, resource) => [0, 1].map((place) => of(resource, place)));
}
