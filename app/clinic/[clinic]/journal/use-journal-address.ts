"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type AuditFilter, auditFilter } from "#server/audit/schema.ts";

const fields = [
  "from",
  "to",
  "event",
  "action",
  "outcome",
  "agentId",
  "patientId",
] as const satisfies (keyof AuditFilter)[];

export type JournalAddress = {
  filter: AuditFilter;
  /** One's own gestures instead of the clinic's. */
  mine: boolean;
  /** The line that is open beside the list. */
  open: string | null;
};

/** The screen's state lives in its address: a filtered journal can be sent to a colleague, or kept as a bookmark. */
export function useJournalAddress(mayReadAll: boolean) {
  const search = useSearchParams();
  const address = useMemo((): JournalAddress => {
    const said = Object.fromEntries(fields.map((name) => [name, search.get(name) ?? undefined]));
    // An address that somebody mistyped filters nothing rather than failing.
    const parsed = auditFilter.safeParse(said);
    return {
      filter: parsed.success ? parsed.data : {},
      mine: !mayReadAll || search.get("mine") === "1",
      open: search.get("open"),
    };
  }, [search, mayReadAll]);

  const change = useCallback((next: JournalAddress) => {
    const said = new URLSearchParams();
    for (const name of fields) if (next.filter[name]) said.set(name, String(next.filter[name]));
    if (next.mine) said.set("mine", "1");
    if (next.open) said.set("open", next.open);
    // Not the router: the list asks for its own page, and the server need not render this one again.
    window.history.replaceState(null, "", said.size > 0 ? `?${said}` : window.location.pathname);
  }, []);

  return { address, change };
}
