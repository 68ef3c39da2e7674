"use client";

import { useEffect, useMemo, useState } from "react";
import type { AgendaView } from "#server/appointment/record.ts";
import { nextEnd, withoutOver } from "./held.ts";

/**
 * What was read, less the times whose hold has run out since: nobody tells of it, for nothing is written when a hold ends.
 * @param readAt when it was read, by this browser's clock (ms)
 */
export function useHeld<View extends Pick<AgendaView, "now" | "sittings">>(
  view: View | undefined,
  readAt: number,
): View | undefined {
  const [now, setNow] = useState(readAt);
  const elapsed = Math.max(now - readAt, 0);
  const next = view && nextEnd(view, elapsed);
  useEffect(() => {
    if (next === undefined) return;
    // A little later than sooner: of a hold that still stands, nothing is hidden.
    const timer = setTimeout(() => setNow(Date.now()), Math.max(readAt + next - Date.now(), 0) + 20);
    return () => clearTimeout(timer);
  }, [readAt, next]);
  return useMemo(() => view && withoutOver(view, elapsed), [view, elapsed]);
}
