"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useSingleKeys } from "./single-keys.ts";
import { chordDelay, isPaletteKey, isTyping, keysLayer } from "./typed-key.ts";

export type Shortcut = {
  /** The characters typed, one after the other: "n", or "g j". Matched as typed, whatever the keyboard's layout. */
  keys: string;
  /** A key that types nothing, instead of `keys` (which then only shows it): "ArrowRight", "Shift+ArrowLeft". */
  press?: string;
  /** What it does, for the sheet; an infinitive. */
  label: string;
  /** Under which title it stands in the sheet. */
  group: string;
  /** The sheet that it belongs to; the page's own are asleep while one is open. */
  layer?: string | undefined;
  run: () => void;
};

type Registry = {
  shortcuts: Shortcut[];
  add: (shortcut: Shortcut) => () => void;
  singleKeys: boolean;
  setSingleKeys: (on: boolean) => void;
  /** Where `/` and Ctrl K, and `?`, lead. */
  openPalette: () => void;
  openSheet: () => void;
  palette: boolean;
  sheet: boolean;
  close: () => void;
};

const Context = createContext<Registry | undefined>(undefined);

const Layer = createContext<string | undefined>(undefined);

/** Around what a sheet holds: its keys act while it is on screen and those of the page sleep. The sheet is a dialog with the same name in `data-keys`. */
export const ShortcutLayer = Layer.Provider;
export const useShortcutLayer = () => useContext(Layer);

export function useShortcuts(): Registry {
  const registry = useContext(Context);
  if (!registry) throw new Error("useShortcuts needs ShortcutsProvider");
  return registry;
}

/** Adds one shortcut per place: `g j` goes there. */
export function useChordLinks(links: { keys: string; label: string; group: string; href: string }[]): void {
  const router = useRouter();
  const { add } = useShortcuts();
  useEffect(() => {
    const removals = links.map(({ href, ...link }) => add({ ...link, run: () => router.push(href) }));
    return () => {
      for (const remove of removals) remove();
    };
  }, [links, add, router]);
}

/** Listens to the keyboard once for the whole page. Single letters act only outside fields, and can be switched off (WCAG 2.1.4). */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
  const [shown, setShown] = useState<"palette" | "sheet" | undefined>();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const live = useRef({ shortcuts, singleKeys });
  useEffect(() => {
    live.current = { shortcuts, singleKeys };
  });

  const actions = useMemo(
    () => ({
      add: (shortcut: Shortcut) => {
        setShortcuts((before) => [...before, shortcut]);
        return () => setShortcuts((before) => before.filter((other) => other !== shortcut));
      },
      openPalette: () => setShown("palette"),
      openSheet: () => setShown("sheet"),
      close: () => setShown(undefined),
    }),
    [],
  );

  useEffect(() => {
    let typed: { keys: string; at: number } = { keys: "", at: 0 };
    function onKeyDown(event: KeyboardEvent) {
      if (isPaletteKey(event)) {
        event.preventDefault();
        setShown((before) => (before === "palette" ? undefined : "palette"));
        return;
      }
      if (!live.current.singleKeys || isTyping(event)) return;
      const layer = keysLayer();
      const awake = live.current.shortcuts.filter((shortcut) => shortcut.layer === layer);
      if (event.key.length !== 1) {
        const press = `${event.shiftKey ? "Shift+" : ""}${event.key}`;
        const pressed = awake.find((shortcut) => shortcut.press === press);
        if (!pressed) return;
        event.preventDefault();
        pressed.run();
        return;
      }
      const recent = event.timeStamp - typed.at < chordDelay ? typed.keys : "";
      const keys = recent ? `${recent} ${event.key}` : event.key;
      typed = { keys: event.key, at: event.timeStamp };
      // A chord that was begun is meant: `g a` goes to the agenda even where `a` alone does something.
      const found =
        awake.find((shortcut) => shortcut.keys === keys) ?? awake.find((shortcut) => shortcut.keys === event.key);
      if (event.key === "/") setShown("palette");
      else if (event.key === "?") setShown("sheet");
      else if (!found) return;
      event.preventDefault();
      typed.at = 0;
      found?.run();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  const registry = useMemo(
    () => ({
      ...actions,
      shortcuts,
      singleKeys,
      setSingleKeys,
      palette: shown === "palette",
      sheet: shown === "sheet",
    }),
    [actions, shortcuts, singleKeys, setSingleKeys, shown],
  );
  return <Context value={registry}>{children}</Context>;
}
