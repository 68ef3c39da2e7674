import { type KeyboardEvent, useCallback } from "react";

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Moves the focus between the rows of a list with the arrows, Home and End. Enter is the row's own link or button. */
export function useRowKeys() {
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    if (!step || !(event.target instanceof HTMLElement) || !event.target.matches("[data-row-opener]")) return;
    const openers = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-opener]")];
    event.preventDefault();
    openers[step(openers.indexOf(event.target), openers.length - 1)]?.focus();
  }, []);
}
