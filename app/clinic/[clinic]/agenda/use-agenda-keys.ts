"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { languageOf } from "../../../_i18n/locale.ts";
import type { Shortcut } from "../../../_ui/shortcuts/shortcuts.tsx";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";

interface AgendaKeys {
  mayWrite: boolean;
  onNew: () => void;
  onMove: () => void;
  onNext: () => void;
  onDay: (step: 1 | -1) => void;
  onToday: () => void;
  onPerson: (place: number) => void;
}

/** The agenda's own keys, each in the sheet. `1` to `9` show one practitioner's column, and everybody's again. */
export function useAgendaKeys(keys: AgendaKeys): void {
  const t = useTranslations("agenda.keys");
  const shift = languageOf(useLocale()) === "fr" ? "Maj" : "Shift";
  const group = t("group");
  const writes: Shortcut[] = keys.mayWrite
    ? [
        { keys: "n", label: t("new"), group, run: keys.onNew },
        { keys: "m", label: t("move"), group, run: keys.onMove },
        { keys: "c", label: t("next"), group, run: keys.onNext },
        // Only while a visit is in hand, where `useMoveKeys` answers it.
        { keys: `${shift} ↵`, label: t("force"), group, run: () => undefined },
      ]
    : [];
  useShortcutList([
    ...writes,
    { keys: `${shift} ←`, press: "Shift+ArrowLeft", label: t("before"), group, run: () => keys.onDay(-1) },
    { keys: `${shift} →`, press: "Shift+ArrowRight", label: t("after"), group, run: () => keys.onDay(1) },
    { keys: "h", label: t("today"), group, run: keys.onToday },
    { keys: "1", label: t("person", { number: 1 }), group, run: () => keys.onPerson(0) },
    ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => ({
      keys: String(number),
      label: t("person", { number }),
      group: t("people"),
      run: () => keys.onPerson(number - 1),
    })),
  ]);
}

interface MoveKeys {
  /** A visit is in hand, by the keys. */
  active: boolean;
  onStep: (minutes: number) => void;
  onColumn: (step: 1 | -1) => void;
  onDrop: (force: boolean) => void;
  onCancel: () => void;
}

/** While a visit is in hand: arrows carry it, Enter lets it go, Escape puts it back. Nothing else hears them. */
export function useMoveKeys(keys: MoveKeys): void {
  const live = useRef(keys);
  useEffect(() => {
    live.current = keys;
  });
  const { active } = keys;
  useEffect(() => {
    if (!active) return;
    function onKeyDown(event: KeyboardEvent) {
      const { onStep, onColumn, onDrop, onCancel } = live.current;
      // By pairs: a capitalised name that holds a function looks like a component.
      const acts = new Map<string, () => void>([
        ["ArrowUp", () => onStep(-5)],
        ["ArrowDown", () => onStep(5)],
        ["ArrowLeft", () => onColumn(-1)],
        ["ArrowRight", () => onColumn(1)],
        ["Enter", () => onDrop(event.shiftKey)],
        ["Escape", onCancel],
      ]);
      const act = acts.get(event.key);
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    }
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [active]);
}
