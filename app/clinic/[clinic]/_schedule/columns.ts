import type { AgendaView, AppointmentView, ResourceView, SittingView } from "#server/appointment/record.ts";
import { type Lane, layOutLanes } from "./lanes.ts";
import { stateOf, type VisitState } from "./states.tsx";
import { wallClock } from "./wall-time.ts";

/** Minutes since midnight of the column's day. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** One sitting where it stands in a column. */
export interface GridEvent extends Span {
  /** The sitting's id. */
  readonly id: string;
  readonly sitting: SittingView;
  /** The one person's, for a visit; undefined for a group, a block, and a visit that is closed to the reader. */
  readonly visit: AppointmentView | undefined;
  /** undefined for a block. */
  readonly state: VisitState | undefined;
  readonly lane: Lane;
}

export interface GridColumn {
  readonly key: string;
  readonly day: string;
  /** Whose it is; undefined for a day of everybody's week. */
  readonly resource: ResourceView | undefined;
  readonly open: readonly (Span & { readonly locationId: string })[];
  /** Leaves and closures that touch it, with the words staff gave them. */
  readonly closed: readonly (Span & { readonly id: string; readonly title: string; readonly reason: string })[];
  readonly events: readonly GridEvent[];
}

const wholeDay = 1440;

/**
 * One column: what its resources do on a day. Without resources it holds everybody's. A cancelled visit is shown as long
 * as nothing took its time.
 */
export function columnOf(agenda: AgendaView, day: string, resources: readonly ResourceView[] | undefined): GridColumn {
  const ids = resources && new Set(resources.map(({ id }) => id));
  const mine = (sitting: SittingView) =>
    !ids || ids.has(sitting.resourceId) || sitting.resourceIds.some((id) => ids.has(id));
  const sittings = agenda.sittings.filter((sitting) => sitting.localDate === day && mine(sitting));
  const standing = sittings.filter(({ status }) => status !== "cancelled");
  const shown = sittings.filter(
    (sitting) => sitting.status !== "cancelled" || !standing.some((other) => meet(spanOf(sitting), spanOf(other))),
  );
  const lanes = layOutLanes(shown.map((sitting) => ({ id: sitting.id, ...spanOf(sitting) })));
  const only = resources?.length === 1 ? resources[0] : undefined;
  return {
    key: only ? `${day} ${only.id}` : day,
    day,
    resource: only,
    open: openSpans(agenda, day, ids),
    closed: closures(agenda, day, ids),
    events: shown.map((sitting) => ({
      id: sitting.id,
      sitting,
      ...spanOf(sitting),
      visit: sitting.kind === "visit" ? sitting.appointments[0] : undefined,
      state: stateOfSitting(sitting),
      lane: lanes.get(sitting.id) ?? { lane: 0, lanes: 1, span: 1 },
    })),
  };
}

export function spanOf({ localMinute, durationMinutes }: SittingView): Span {
  return { from: localMinute, until: Math.min(localMinute + durationMinutes, wholeDay) };
}

function meet(one: Span, other: Span): boolean {
  return one.from < other.until && other.from < one.until;
}

/** Somebody comes: neither a blocked time, nor a cancelled one, nor one that is only kept for whoever is choosing it. */
export function isVisit({ sitting, state }: { sitting: SittingView; state: VisitState | undefined }): boolean {
  return sitting.kind !== "block" && sitting.status !== "held" && state !== "cancelled";
}

/** A group stands where the one who is least far stands; a cancelled sitting is cancelled. */
export function stateOfSitting(sitting: SittingView): VisitState | undefined {
  // Nobody is expected yet at a time that somebody is choosing.
  if (sitting.kind === "block" || sitting.status === "held") return undefined;
  if (sitting.status === "cancelled") return "cancelled";
  if (sitting.kind === "visit") return sitting.appointments[0] ? stateOf(sitting.appointments[0]) : "expected";
  const states = sitting.appointments.map(stateOf).filter((state) => state !== "cancelled");
  return states.length > 0 && states.every((state) => state === "done" || state === "noshow") ? "done" : "expected";
}

function openSpans(agenda: AgendaView, day: string, ids: ReadonlySet<string> | undefined): GridColumn["open"] {
  return agenda.open.flatMap((span) => {
    if (ids && !ids.has(span.resourceId)) return [];
    const cut = cutToDay(agenda, span, day);
    return cut ? [{ ...cut, locationId: span.locationId }] : [];
  });
}

function closures(agenda: AgendaView, day: string, ids: ReadonlySet<string> | undefined): GridColumn["closed"] {
  return agenda.exceptions.flatMap((exception) => {
    if (exception.kind !== "closed") return [];
    if (exception.resourceId && ids && !ids.has(exception.resourceId)) return [];
    // In everybody's column, one person's leave is not a closure.
    if (exception.resourceId && !ids) return [];
    const cut = cutToDay(agenda, exception, day);
    return cut ? [{ ...cut, id: exception.id, title: exception.title, reason: exception.reason }] : [];
  });
}

function cutToDay(
  agenda: AgendaView,
  { startsAt, endsAt, locationId }: { startsAt: string; endsAt: string; locationId: string | null },
  day: string,
): Span | undefined {
  const clock = clockOf(agenda, locationId);
  const [start, end] = [clock(startsAt), clock(endsAt)];
  const from = start.day < day ? 0 : start.minute;
  const until = end.day > day ? wholeDay : end.minute;
  return start.day > day || end.day < day || from >= until ? undefined : { from, until };
}

// One formatter per zone and reading: making one costs more than the whole column.
const clocks = new WeakMap<AgendaView, Map<string, ReturnType<typeof wallClock>>>();

function clockOf(agenda: AgendaView, locationId: string | null) {
  const zone = agenda.locations.find(({ id }) => id === locationId)?.timeZone ?? agenda.timeZone;
  const known = clocks.get(agenda) ?? new Map<string, ReturnType<typeof wallClock>>();
  clocks.set(agenda, known);
  const clock = known.get(zone) ?? wallClock(zone);
  known.set(zone, clock);
  return clock;
}

/** Whole hours that hold everything: at least 8 h to 17 h. */
export function hoursOf(columns: readonly GridColumn[]): Span {
  const spans = columns.flatMap(({ open, events }) => [...open, ...events]);
  const from = Math.min(480, ...spans.map((span) => span.from));
  const until = Math.max(1020, ...spans.map((span) => span.until));
  return { from: Math.floor(from / 60) * 60, until: Math.min(Math.ceil(until / 60) * 60, wholeDay) };
}

/** How late a column runs, in minutes: who waits past their time, or is seen past its end. */
export function lateness(events: readonly GridEvent[], minute: number): number {
  const late = events.map(({ state, from, until }) => {
    if (state === "arrived" || state === "roomed") return minute - from;
    return state === "with-professional" ? minute - until : 0;
  });
  return Math.max(0, ...late);
}

/** The columns of a day: those who work that day or have something in it, or exactly those that were chosen. */
export function resourcesOfDay(
  agenda: AgendaView,
  day: string,
  by: "practitioner" | "room",
  chosen: readonly string[],
): ResourceView[] {
  const ofKind = agenda.resources.filter(({ kind }) => (kind === "practitioner") === (by === "practitioner"));
  const asked = ofKind.filter(({ id }) => chosen.includes(id));
  if (asked.length > 0) return asked;
  const busy = new Set(
    agenda.sittings
      .filter(({ localDate, status }) => localDate === day && status !== "cancelled")
      .flatMap(({ resourceIds }) => resourceIds),
  );
  const working = new Set(
    agenda.open.filter((span) => cutToDay(agenda, span, day)).map(({ resourceId }) => resourceId),
  );
  const present = ofKind.filter(
    ({ id, kind, status }) => busy.has(id) || (status === "active" && (kind !== "practitioner" || working.has(id))),
  );
  // Nobody works that day: the columns stay, all closed, rather than an empty page.
  return present.length > 0 ? present : ofKind.filter(({ status }) => status === "active");
}

/** The version of everything that a gesture changes: what an undo stands on. */
export function versionsOf(agenda: Pick<AgendaView, "sittings"> | null | undefined): { id: string; version: number }[] {
  return (agenda?.sittings ?? []).flatMap((sitting) => [sitting, ...sitting.appointments]);
}

/** Where a column is open at that minute. */
export const placeAt = (column: GridColumn, minute: number): string | undefined =>
  column.open.find((span) => minute >= span.from && minute < span.until)?.locationId;
