import { useEffect, useState } from "react";
import { matchItems } from "./match.ts";
import type { PaletteItem, PaletteSource } from "./palette-source.tsx";

export type PaletteGroup = { id: string; label: string; items: PaletteItem[] };
export type PaletteResults = { groups: PaletteGroup[]; searching: boolean; failed: boolean };

const wait = 120;
const longest = 8;

/** What each source finds for the query, in the order in which they were added. An answer that comes late is dropped. */
export function usePaletteResults(sources: PaletteSource[], query: string): PaletteResults {
  const [answers, setAnswers] = useState<Record<string, PaletteItem[]>>({});
  const [pending, setPending] = useState(0);
  const [failed, setFailed] = useState(false);
  const asked = query.trim();

  useEffect(() => {
    const searches = sources.flatMap((source) => ("search" in source ? [source] : []));
    setFailed(false);
    if (asked.length < 2 || searches.length === 0) {
      setAnswers({});
      setPending(0);
      return;
    }
    const abort = new AbortController();
    setPending(searches.length);
    const timer = setTimeout(() => {
      for (const { id, search } of searches) {
        search(asked, abort.signal)
          .then((items) => !abort.signal.aborted && setAnswers((before) => ({ ...before, [id]: items })))
          .catch(() => !abort.signal.aborted && setFailed(true))
          .finally(() => !abort.signal.aborted && setPending((before) => before - 1));
      }
    }, wait);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [sources, asked]);

  const groups = sources
    .map((source) => ({
      id: source.id,
      label: source.label,
      items: ("items" in source ? matchItems(source.items, asked) : (answers[source.id] ?? [])).slice(0, longest),
    }))
    .filter(({ items }) => items.length > 0);
  return { groups, searching: pending > 0, failed };
}
