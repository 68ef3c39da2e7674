"use client";

import { type FocusEvent, type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";

/**
 * A week of times is one stop of Tab: arrows go from one to the next, across days at the same height, Home and End to a day's ends, with
 * Ctrl to the week's. Days are `[data-day]`, and what the keys stop at carries `stop(key)`.
 * @param preferred the stop that Tab comes to before any was walked to, when it is there
 */
export function useTimeGrid(preferred: string | undefined) {
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

  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    const next = walk(event.currentTarget, event.target, event.key, event.ctrlKey);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }, []);
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

const stopsOf = (within: Element | null): HTMLElement[] => [
  ...(within?.querySelectorAll<HTMLElement>("[data-stop]") ?? []),
];

function walk(grid: HTMLElement, from: HTMLElement, key: string, whole: boolean): HTMLElement | undefined {
  const days = [...grid.querySelectorAll("[data-day]")].map(stopsOf).filter((stops) => stops.length > 0);
  const at = days.findIndex((stops) => stops.includes(from));
  const stops = days[at];
  if (!stops) return undefined;
  if (key === "Home") return (whole ? days[0] : stops)?.[0];
  if (key === "End") return (whole ? days.at(-1) : stops)?.at(-1);
  if (whole) return undefined;
  if (key === "ArrowUp") return stops[stops.indexOf(from) - 1] ?? from;
  if (key === "ArrowDown") return stops[stops.indexOf(from) + 1] ?? from;
  if (key === "ArrowLeft") return nearest(days[at - 1], from) ?? from;
  if (key === "ArrowRight") return nearest(days[at + 1], from) ?? from;
  return undefined;
}

/** Of another day, the time that stands the nearest to the same line. */
function nearest(stops: readonly HTMLElement[] | undefined, from: HTMLElement): HTMLElement | undefined {
  const top = (one: HTMLElement) => one.getBoundingClientRect().top;
  const away = (one: HTMLElement) => Math.abs(top(one) - top(from));
  return stops?.reduce((best, one) => (away(one) < away(best) ? one : best));
}
