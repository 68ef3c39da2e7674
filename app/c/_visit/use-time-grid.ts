"use client";

import { type FocusEvent, type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Where a key leads from one stop, of all that stand in `within`; undefined when the key is none of its own. */
type Walk = (within: HTMLElement, from: HTMLElement, key: string, whole: boolean) => HTMLElement | undefined;

/**
 * Many buttons that are one stop of Tab, walked by the arrows. What the keys stop at carries `stop(key)`.
 * @param preferred the stop that Tab comes to before any was walked to, when it is there
 */
export function useTimeGrid(preferred: string | undefined, walk: Walk) {
  const grid = useRef<HTMLDivElement>(null);
  const [walked, setWalked] = useState<string>();
  const [current, setCurrent] = useState<string>();
  const awaited = useRef<string>(undefined);

  // What is there changes with the week, and with « 4 autres »: the one stop is chosen among what was drawn.
  useLayoutEffect(() => {
    const keys = stopsOf(grid.current).map((one) => one.dataset.stop);
    setCurrent([walked, preferred].find((key) => key !== undefined && keys.includes(key)) ?? keys[0]);
    const next = awaited.current && stopsOf(grid.current).find((one) => one.dataset.stop === awaited.current);
    if (next) next.focus();
    awaited.current = undefined;
  });

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.altKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
      const next = walk(event.currentTarget, event.target, event.key, event.ctrlKey);
      if (!next) return;
      event.preventDefault();
      next.focus();
    },
    [walk],
  );
  const onFocus = useCallback(
    (event: FocusEvent<HTMLElement>) => setWalked((event.target as HTMLElement).dataset.stop ?? undefined),
    [],
  );

  return {
    grid: { ref: grid, onKeyDown, onFocus },
    stop: (key: string) => ({ "data-stop": key, tabIndex: key === current ? 0 : -1 }),
    /** The focus goes there as soon as it is drawn. */
    focusNext: (key: string) => {
      awaited.current = key;
    },
  };
}

// A day that is over or full is no stop.
const stopsOf = (within: Element | null): HTMLElement[] => [
  ...(within?.querySelectorAll<HTMLElement>("[data-stop]:not(:disabled)") ?? []),
];

/**
 * Days side by side (`[data-day]`): up and down within one, left and right across them at the same height; Home and End to a day's ends, with Ctrl to
 * the week's.
 */
export const acrossDays: Walk = (grid, from, key, whole) => {
  const days = [...grid.querySelectorAll("[data-day]")].map(stopsOf).filter((stops) => stops.length > 0);
  const at = days.findIndex((stops) => stops.includes(from));
  const stops = days[at];
  if (!stops) return undefined;
  if (key === "Home") return (whole ? days[0] : stops)?.[0];
  if (key === "End") return (whole ? days.at(-1) : stops)?.at(-1);
  if (whole) return undefined;
  if (key === "ArrowUp") return stops[stops.indexOf(from) - 1] ?? from;
  if (key === "ArrowDown") return stops[stops.indexOf(from) + 1] ?? from;
  if (key === "ArrowLeft") return nearest(days[at - 1], from, "top") ?? from;
  if (key === "ArrowRight") return nearest(days[at + 1], from, "top") ?? from;
  return undefined;
};

/** Lines of stops, as they are read: left and right to the one before and after, up and down by line; Home and End to the first and last of all. */
export const inLines: Walk = (within, from, key, whole) => {
  const stops = stopsOf(within);
  if (whole || !stops.includes(from)) return undefined;
  if (key === "Home") return stops[0];
  if (key === "End") return stops.at(-1);
  if (key === "ArrowLeft") return stops[stops.indexOf(from) - 1] ?? from;
  if (key === "ArrowRight") return stops[stops.indexOf(from) + 1] ?? from;
  const lines = [...new Set(stops.map((one) => edge(one, "top")))].sort((a, b) => a - b);
  const line = lines.indexOf(edge(from, "top"));
  const at = (top: number | undefined) => stops.filter((one) => edge(one, "top") === top);
  if (key === "ArrowUp") return nearest(at(lines[line - 1]), from, "left") ?? from;
  if (key === "ArrowDown") return nearest(at(lines[line + 1]), from, "left") ?? from;
  return undefined;
};

const edge = (one: HTMLElement, side: "top" | "left") => Math.round(one.getBoundingClientRect()[side]);

/** Of other stops, the one that stands the nearest to the same line. */
function nearest(
  stops: readonly HTMLElement[] | undefined,
  from: HTMLElement,
  side: "top" | "left",
): HTMLElement | undefined {
  if (!stops || stops.length === 0) return undefined;
  const away = (one: HTMLElement) => Math.abs(edge(one, side) - edge(from, side));
  return stops.reduce((best, one) => (away(one) < away(best) ? one : best));
}
