"use client";

import { useMemo } from "react";
import type { NoteContent } from "#server/note/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { type LocalStore, openLocalStore } from "./local-drafts.ts";

/** This browser's own keep of what was not sent yet; null where a browser has none (a private window of some). */
export function useLocalStore<Content = NoteContent>(userId: string): Promise<LocalStore<Content> | null> {
  const client = useTRPCClient();
  return useMemo(
    () =>
      typeof indexedDB === "undefined"
        ? Promise.resolve(null)
        : openLocalStore<Content>(userId, async (salt) => (await client.note.localKey.query({ salt })).key).catch(
            () => null,
          ),
    [client, userId],
  );
}
