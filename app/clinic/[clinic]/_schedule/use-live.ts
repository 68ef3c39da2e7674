"use client";

import { useParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";

/** Events that come together are one reading. */
const together = 40;
/** A line that comes back within this time was never down, to a reader. */
const grace = 2_000;
const firstRetry = 3_000;
const lastRetry = 60_000;

/**
 * The clinic's live line: calls `onChange` when somebody changed something in the schedule, and when the line is back after
 * it was down. It carries no data: what changed is read through the ordinary door.
 * @returns since when the line is down; undefined while it holds
 */
export function useLive(onChange: () => void): Date | undefined {
  const { clinic } = useParams<{ clinic: string }>();
  const [downSince, setDownSince] = useState<Date>();
  const live = useRef(onChange);
  useEffect(() => {
    live.current = onChange;
  });

  useEffect(() => {
    let source: EventSource | undefined;
    let soon: ReturnType<typeof setTimeout> | undefined;
    let toldDown: ReturnType<typeof setTimeout> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let wait = firstRetry;
    let wasDown = false;

    function changed() {
      clearTimeout(soon);
      soon = setTimeout(() => live.current(), together);
    }

    function up() {
      clearTimeout(toldDown);
      toldDown = undefined;
      wait = firstRetry;
      setDownSince(undefined);
      if (wasDown) changed();
      wasDown = false;
    }

    function down() {
      wasDown = true;
      const since = new Date();
      toldDown ??= setTimeout(() => setDownSince(since), grace);
      // A browser tries again by itself, except after a refusal.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, wait);
      wait = Math.min(wait * 2, lastRetry);
    }

    function open() {
      source?.close();
      source = new EventSource(`/api/clinic/${clinic}/live`);
      source.addEventListener("open", up);
      source.addEventListener("error", down);
      source.addEventListener("schedule", changed);
    }

    open();
    return () => {
      source?.close();
      for (const timer of [soon, toldDown, retry]) clearTimeout(timer);
    };
  }, [clinic]);

  return downSince;
}
