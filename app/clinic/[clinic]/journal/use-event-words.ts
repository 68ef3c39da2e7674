"use client";

import { useMessages, useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";

type EventGroup = { group: string; items: { value: string; label: string }[] };

/** Says an event's code in words, and lists the known ones for the filter. A code without words yet is shown as it is. */
export function useEventWords() {
  const t = useTranslations("journal");
  const messages = useMessages();

  const say = useCallback(
    (event: string): string => {
      const [noun = "", verb = ""] = event.split(".");
      const key = `events.${noun}.${verb}` as "events.patient.read";
      return t.has(key) ? t(key) : event;
    },
    [t],
  );

  const groups = useMemo((): EventGroup[] => {
    const events = messages.journal?.events ?? {};
    return Object.entries(events).map(([noun, verbs]) => ({
      group: t(`nouns.${noun}` as "nouns.patient"),
      items: Object.entries(verbs).map(([verb, label]) => ({ value: `${noun}.${verb}`, label: String(label) })),
    }));
  }, [messages, t]);

  return { say, groups };
}
