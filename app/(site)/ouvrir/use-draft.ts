"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { SaveStatus } from "../../_ui/save-state/save-state.tsx";
import { type Draft, emptyDraft, forgetDraft, keepDraft, readDraft } from "./draft.ts";

/** The sign-up's draft: read once the page is there, kept half a second after each change, and said in words. */
export function useDraft() {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [loaded, setLoaded] = useState(false);
  const [status, setStatus] = useState<SaveStatus>({ is: "untouched" });
  const changed = useRef(false);
  const over = useRef(false);

  useEffect(() => {
    const kept = readDraft();
    if (kept) setDraft(kept);
    setLoaded(true);
  }, []);

  useEffect(() => {
    if (!changed.current || over.current) return;
    const timer = setTimeout(() => {
      setStatus(keepDraft(draft) ? { is: "saved", at: new Date() } : { is: "unsaved" });
    }, 500);
    return () => clearTimeout(timer);
  }, [draft]);

  const change = useCallback((edit: (before: Draft) => Draft) => {
    changed.current = true;
    setDraft(edit);
  }, []);

  /** The clinic is open: nothing of the draft stays behind, and nothing writes it again. */
  const forget = useCallback(() => {
    over.current = true;
    forgetDraft();
  }, []);

  return { draft, change, forget, loaded, status };
}
