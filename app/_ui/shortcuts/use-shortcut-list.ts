"use client";

import { useEffect, useRef } from "react";
import { type Shortcut, useShortcutLayer, useShortcuts } from "./shortcuts.tsx";

/** Adds a page's own shortcuts while it is on screen. What they do may change at each render; which keys they are may not. */
export function useShortcutList(shortcuts: readonly Shortcut[]): void {
  const { add } = useShortcuts();
  const layer = useShortcutLayer();
  const live = useRef(shortcuts);
  useEffect(() => {
    live.current = shortcuts;
  });
  const names = JSON.stringify(shortcuts.map(({ keys, label, group, press }) => [keys, label, group, press ?? ""]));
  useEffect(() => {
    const removals = (JSON.parse(names) as [string, string, string, string][]).map(([keys, label, group, press]) => {
      const run = () => live.current.find((shortcut) => shortcut.keys === keys)?.run();
      return add({ keys, label, group, layer, run, ...(press && { press }) });
    });
    return () => {
      for (const remove of removals) remove();
    };
  }, [add, names, layer]);
}
