"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { LetterView } from "#server/letter/record.ts";
import type { LetterContent } from "#server/letter/schema.ts";
import { useTRPCClient } from "../../../../../../_trpc/client.tsx";
import { leavingContext } from "../../../../../../_trpc/leaving.ts";
import { createDraftSaver, type DraftSaver, type SaverState } from "../../_note/draft-saver.ts";
import type { LocalStore } from "../../_note/local-drafts.ts";
import { refusalOf } from "../../_note/use-draft-saver.ts";

/** Saves a letter as a note is saved: at each pause, one save on top of the other, and in this browser what could not be sent yet. */
export function useLetterSaver(letter: LetterView, store: Promise<LocalStore<LetterContent> | null>) {
  const client = useTRPCClient();
  const [state, setState] = useState<SaverState>({ is: "untouched" });
  const saver = useRef<DraftSaver<LetterContent>>(undefined);
  const first = useRef(letter);

  useEffect(() => {
    const { id, revision, content } = first.current;
    const made = createDraftSaver<LetterContent>({
      id,
      revision,
      content,
      save: (next, on, saveId) =>
        client.letter.save.mutate({ id, revision: on, saveId, content: next }, { context: leavingContext() }),
      refusalOf,
      store,
      onState: setState,
    });
    saver.current = made;
    const retry = () => made.retry();
    const hide = () => document.visibilityState === "hidden" && void made.flush().catch(() => undefined);
    window.addEventListener("online", retry);
    document.addEventListener("visibilitychange", hide);
    return () => {
      window.removeEventListener("online", retry);
      document.removeEventListener("visibilitychange", hide);
      made.dispose();
    };
  }, [client, store]);

  const change = useCallback((content: LetterContent) => saver.current?.change(content), []);
  const flush = useCallback(() => saver.current?.flush() ?? Promise.reject(new Error("nothing is open")), []);
  return { state, change, flush };
}
