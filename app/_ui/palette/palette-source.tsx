"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

export type PaletteItem = {
  id: string;
  label: string;
  /** Said after the label in grey: what identifies it. */
  detail?: string;
  icon?: ReactNode;
  /** A chip at the end of the line. */
  chip?: ReactNode;
  /** Keys that do the same without the palette. */
  keys?: string;
  href?: string;
  run?: () => void;
  /** What can be done with it besides opening it, offered under the list while it is the chosen one. */
  acts?: PaletteItem[];
  /** Other words by which it is found. */
  keywords?: string;
};

/** Something that the palette can find. A static list is filtered here; a search is asked as one types. */
export type PaletteSource = { id: string; label: string } & (
  | { items: PaletteItem[] }
  | { search: (query: string, signal: AbortSignal) => Promise<PaletteItem[]> }
);

type Sources = { sources: PaletteSource[]; add: (source: PaletteSource) => () => void };

const Context = createContext<Sources | undefined>(undefined);

export function usePaletteSources(): Sources {
  const sources = useContext(Context);
  if (!sources) throw new Error("the palette needs PaletteProvider");
  return sources;
}

/** Makes the palette find more for as long as the component is on screen. Keep the object stable (`useMemo`). */
export function usePaletteSource(source: PaletteSource): void {
  const { add } = usePaletteSources();
  useEffect(() => add(source), [add, source]);
}

export function PaletteProvider({ children }: { children: ReactNode }) {
  const [sources, setSources] = useState<PaletteSource[]>([]);
  const [add] = useState(() => (source: PaletteSource) => {
    setSources((before) => [...before, source]);
    return () => setSources((before) => before.filter((other) => other !== source));
  });
  const value = useMemo(() => ({ sources, add }), [sources, add]);
  return <Context value={value}>{children}</Context>;
}
