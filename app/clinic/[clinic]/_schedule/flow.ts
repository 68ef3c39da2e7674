import type { BoardRow } from "#server/appointment/record.ts";
import { type Step, stateOf } from "./states.tsx";

export type FlowColumns = Record<Step, BoardRow[]>;

const longest = (at: string | null) => (at ? Date.parse(at) : Number.POSITIVE_INFINITY);

/** The day's people by where they stand. Those who wait longest come first; those who are done, last out first. */
export function flowColumns(rows: readonly BoardRow[]): FlowColumns {
  const columns: FlowColumns = { expected: [], arrived: [], roomed: [], "with-professional": [], done: [] };
  for (const row of rows) {
    const state = stateOf(row);
    if (state === "noshow") columns.done.push(row);
    else if (state !== "cancelled") columns[state].push(row);
  }
  columns.expected.sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  columns.arrived.sort((a, b) => longest(a.arrivedAt) - longest(b.arrivedAt));
  columns.roomed.sort((a, b) => longest(a.roomedAt) - longest(b.roomedAt));
  columns["with-professional"].sort((a, b) => longest(a.startedAt) - longest(b.startedAt));
  columns.done.sort((a, b) => Date.parse(b.doneAt ?? b.startsAt) - Date.parse(a.doneAt ?? a.startsAt));
  return columns;
}

const minutes = (from: number, until: number) => Math.floor((until - from) / 60_000);

/** How late somebody is who is expected, in whole minutes; below nought before their time. */
export function lateBy(row: BoardRow, now: Date): number {
  return minutes(Date.parse(row.startsAt), now.getTime());
}

/** Minutes since they came in, of who waits or is in a room. */
export function waitedFor(row: BoardRow, now: Date): number {
  return row.arrivedAt ? Math.max(0, minutes(Date.parse(row.arrivedAt), now.getTime())) : 0;
}

/** Minutes in the present state. */
export function since(at: string | null, now: Date): number {
  return at ? Math.max(0, minutes(Date.parse(at), now.getTime())) : 0;
}

/** Under this many minutes nobody is late. */
export const lateFrom = 3;

/** Who needs an eye: expected and not here, or waiting longer than the clinic allows. */
export function needsEye(row: BoardRow, now: Date, waitLimit: number): boolean {
  const state = stateOf(row);
  if (state === "expected") return lateBy(row, now) >= lateFrom;
  if (state === "arrived" || state === "roomed") return waitedFor(row, now) > waitLimit;
  return state === "with-professional" && since(row.startedAt, now) > row.durationMinutes;
}

/** How late a professional runs: the longest that somebody who is here waits past their time, or is kept past its end. */
export function runsLate(rows: readonly BoardRow[], now: Date): number {
  return Math.max(
    0,
    ...rows.map((row) => {
      const state = stateOf(row);
      if (state === "arrived" || state === "roomed") return minutes(Date.parse(row.startsAt), now.getTime());
      return state === "with-professional" ? minutes(Date.parse(row.endsAt), now.getTime()) : 0;
    }),
  );
}

/** The half of a list of waits, for « attente médiane »; undefined for nobody. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
