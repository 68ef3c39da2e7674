"use client";

import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { tap } from "@trpc/server/observable";
import { useSyncExternalStore } from "react";
import type { describeError } from "#server/trpc/describe-error.ts";
import type { AppRouter } from "#server/trpc/router.ts";

/** What the last answers said of this browser's session: the server decides, the screen follows. */
export type SessionState = "open" | "locked" | "ended";

let state: SessionState = "open";
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("chevet-session");
channel?.addEventListener("message", ({ data }) => change(data === "locked" || data === "ended" ? data : "open"));

function change(next: SessionState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Says it here and in every other tab: one unlocking opens them all. */
export function setSessionState(next: SessionState): void {
  change(next);
  channel?.postMessage(next);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSessionState(): SessionState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => "open",
  );
}

/** Notices the refusals of a locked or ended session in every call, so that no screen has to. */
export const sessionLink: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    next(op).pipe(
      tap({
        error(error) {
          const code = codeOf(error);
          if (code === "Locked") setSessionState("locked");
          if (code === "Unauthenticated") setSessionState("ended");
        },
      }),
    );

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data as ReturnType<typeof describeError>["data"] | undefined)?.domain.code;
}
