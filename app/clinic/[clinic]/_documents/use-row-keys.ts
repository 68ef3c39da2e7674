"use client";

import type { KeyboardEvent } from "react";

/** Arrows go through a list and open as they go; from a field above it, the arrow down enters it. */
export function useRowKeys(
  rows: readonly { readonly id: string }[],
  selected: string | undefined,
  onOpen: (id: string) => void,
) {
  function go(to: number) {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    onOpen(row.id);
    const button = document.querySelector<HTMLElement>(`[data-document="${row.id}"]`);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: "nearest" });
  }
  const at = rows.findIndex(({ id }) => id === selected);
  return {
    go,
    at,
    onKeyDown(event: KeyboardEvent) {
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    },
    fromField(event: KeyboardEvent) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      go(Math.max(0, at));
    },
  };
}
