"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { DeskAsked } from "./desk-place.ts";

const parameter = "ouvre";
const value = "medicaments";

/** The address as it is now, with or without the sheet. */
function address(isOpen: boolean): URL {
  const url = new URL(window.location.href);
  if (isOpen) url.searchParams.set(parameter, value);
  else url.searchParams.delete(parameter);
  return url;
}

/**
 * Whether the prescription lies over the chart. The address says it, so that a reload shows it again and Back closes it; the screen does not
 * wait for the address. Once closed, the hand goes back where it was.
 * @param giveBack into the note that is being written; false when there is none
 */
export function useDeskPlace(giveBack: () => boolean) {
  const inAddress = useSearchParams().get(parameter) === value;
  const [isOpen, setOpen] = useState(inAddress);
  const [asked, setAsked] = useState<DeskAsked>();
  // It was opened here: closing it is one step back, and leaves nothing in the history.
  const pushed = useRef(false);
  const leaving = useRef(false);
  const before = useRef<{ opener: Element | null; scroll: number }>(undefined);

  useEffect(() => {
    if (!inAddress) pushed.current = false;
    if (!leaving.current) setOpen(inAddress);
  }, [inAddress]);

  const open = useCallback((next: DeskAsked = {}) => {
    before.current ??= { opener: document.activeElement, scroll: window.scrollY };
    setAsked(next);
    setOpen(true);
    const push = () => {
      if (new URL(window.location.href).searchParams.get(parameter) === value) return;
      window.history.pushState(null, "", address(true));
      pushed.current = true;
    };
    // The step back of the last closing is still on its way.
    if (leaving.current) window.addEventListener("popstate", push, { once: true });
    else push();
  }, []);

  const close = useCallback(() => {
    setOpen(false);
    if (!pushed.current) return window.history.replaceState(null, "", address(false));
    pushed.current = false;
    leaving.current = true;
    const arrived = () => {
      leaving.current = false;
    };
    window.addEventListener("popstate", arrived, { once: true });
    window.history.back();
  }, []);

  const was = useRef(isOpen);
  useLayoutEffect(() => {
    if (was.current && !isOpen) {
      const { opener = null, scroll } = before.current ?? {};
      before.current = undefined;
      // On a phone the whole page scrolls, and was shortened to the sheet.
      if (scroll !== undefined) window.scrollTo(0, scroll);
      // Whoever read a document beside the note goes on reading it.
      const read = document.querySelector<HTMLElement>("[data-document-place] h2");
      const wasReading = opener?.closest("[data-document-place], [data-opens-document]");
      if (read && wasReading) read.focus({ preventScroll: true });
      else if (!giveBack()) {
        const known = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
        (known ? opener : document.getElementById("content"))?.focus({ preventScroll: true });
      }
    }
    was.current = isOpen;
  }, [isOpen, giveBack]);

  return { isOpen, asked, open, close };
}
