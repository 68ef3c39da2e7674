"use client";

import { TRPCClientError } from "@trpc/client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { DraftView } from "#server/note/record.ts";
import type { NoteContent } from "#server/note/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { leavingContext } from "../../../../../_trpc/leaving.ts";
import { createDraftSaver, type DraftSaver, type Refusal, type SaverState } from "./draft-saver.ts";
import type { LocalStore } from "./local-drafts.ts";

/** How often a sign of life is given, and for how long after the last key. */
const beatMs = 40_000;
const livelyMs = 150_000;

/**
 * Saves a note while it is written, and holds it while its writer is there: a window left open, a laptop that sleeps, a browser that died give
 * no sign, and two minutes later another may go on.
 */
export function useDraftSaver(draft: DraftView, tab: string, store: Promise<LocalStore | null>) {
  const client = useTRPCClient();
  const [state, setState] = useState<SaverState>({ is: "untouched" });
  const saver = useRef<DraftSaver<NoteContent>>(undefined);
  const typedAt = useRef(Date.now());
  const first = useRef(draft);
  const held = useRef(false);

  useEffect(() => {
    const { id, revision, title, answers, diagnoses } = first.current;
    const made = createDraftSaver({
      id,
      revision,
      content: { title, answers, diagnoses: [...diagnoses] },
      save: (content, on, saveId) =>
        client.note.save.mutate({ id, tab, revision: on, saveId, ...content }, { context: leavingContext() }),
      refusalOf,
      store,
      onState: setState,
    });
    saver.current = made;
    const retry = () => made.retry();
    // A page that is about to go sends what it has, and the browser carries it after the page; what is too heavy for that is in this browser.
    const hide = () => document.visibilityState === "hidden" && void made.flush().catch(() => undefined);
    window.addEventListener("online", retry);
    document.addEventListener("visibilitychange", hide);
    const beat = setInterval(() => {
      if (Date.now() - typedAt.current > livelyMs) return;
      void client.note.hold.mutate({ id, tab }, quietly).catch(() => undefined);
    }, beatMs);
    return () => {
      window.removeEventListener("online", retry);
      document.removeEventListener("visibilitychange", hide);
      clearInterval(beat);
      made.dispose();
      if (made.isSaved() && !held.current)
        void client.note.hold.mutate({ id, tab, release: true }, quietly).catch(() => undefined);
    };
  }, [client, tab, store]);

  const change = useCallback((content: NoteContent) => {
    typedAt.current = Date.now();
    saver.current?.change(content);
  }, []);
  const flush = useCallback(() => saver.current?.flush() ?? Promise.reject(new Error("nothing is open")), []);
  /** Opened again by this window: what leaves gives nothing back, or it would take the edit from what comes. */
  const keepHold = useCallback(() => {
    held.current = true;
  }, []);
  return { state, change, flush, saver, keepHold };
}

/** Neither keeps the session awake nor waits at the lock. */
const quietly = { context: { background: true, ungated: true } };

/** The server's own words; nobody's when the call never arrived, or the server had no time. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const domain = error.data?.domain as
    | { code: string; key: string; fields: Record<string, string>; details: Record<string, unknown> }
    | undefined;
  if (!domain || ["Busy", "Internal", "Unauthenticated", "Locked", "LimitReached"].includes(domain.code))
    return undefined;
  const field = Object.values(domain.fields)[0];
  return { key: domain.key === "invalid" && field ? field : domain.key, details: domain.details };
}
