"use client";

import { useEffect } from "react";
import { isSomethingOpen } from "../../../../../_ui/shortcuts/typed-key.ts";
import { type Beside, lineOf } from "./beside.tsx";

/** A dialog, a menu or a list of choices takes Escape for itself. */
const isTaken = () =>
  isSomethingOpen() || [...document.querySelectorAll("[role=listbox]")].some((list) => list.checkVisibility());

/**
 * Escape leaves the text first, wherever it is written, as it does without a document; out of any text it closes. Ctrl Enter signs the document
 * when the hand is there, and then never the note. Page keys turn its pages; with Alt, from the note too, where the hand stays.
 */
export function useBesideKeys({ close, place, documentId }: Beside): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing) return;
      if (event.key === "Escape") return onEscape(event);
      if (event.key === "Enter") return onSign(event);
      const by = { PageDown: 1, PageUp: -1 }[event.key];
      const pages = place.current?.querySelector<HTMLElement>("[role=document]");
      if (by === undefined || !pages) return;
      const held = document.activeElement;
      const isBeside = place.current?.contains(held) && !held?.matches("input, textarea") && !isSomethingOpen();
      if (!event.altKey && !isBeside) return;
      event.preventDefault();
      pages.scrollBy({ top: by * pages.clientHeight * 0.85 });
    }
    function onEscape(event: KeyboardEvent) {
      const held = document.activeElement;
      const isField = held?.matches("input, textarea, [contenteditable=true]") === true;
      const isBeside = place.current?.contains(held) === true;
      // A field elsewhere has its own answer.
      if (isTaken() || (isField && !isBeside)) return;
      event.preventDefault();
      event.stopPropagation();
      if (isField) place.current?.querySelector("h2")?.focus();
      // The text was left: the letters that come next are keys, so the hand goes to the document's line and not back into it.
      else close(held === document.body ? () => lineOf(documentId)?.focus() : undefined);
    }
    // The note beside it is signed by the same keys: what is signed is what has the hand.
    function onSign(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || !place.current?.contains(document.activeElement)) return;
      if (isSomethingOpen()) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) place.current.querySelector("form")?.requestSubmit();
    }
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [close, place, documentId]);
}
