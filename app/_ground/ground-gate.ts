"use client";

import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "#server/trpc/router.ts";

/**
 * Where calls wait while the person says why they open somebody's chart: elsewhere than at its page, or on a page left open until the
 * reason of that morning no longer held. The call goes again by itself afterwards, as at the gate of the session.
 */
function createGroundGate() {
  let waiting: { patientId: string; resolve: (said: boolean) => void }[] = [];
  let watchers = 0;
  let quiet = 0;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    /** Whose chart is asked about: one at a time. */
    patient: () => waiting[0]?.patientId ?? null,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Somebody shows the question; without anybody, a refused call just fails. */
    watch() {
      watchers += 1;
      return () => {
        watchers -= 1;
      };
    },
    isWatched: () => watchers > 0,
    /** What is read again because something changed elsewhere asks nobody: no question comes up under the hands of whoever is typing. */
    quietly(work: () => void) {
      quiet += 1;
      try {
        work();
      } finally {
        quiet -= 1;
      }
    },
    isQuiet: () => quiet > 0,
    /** Resolves to whether the call should be sent again. */
    ask(patientId: string): Promise<boolean> {
      return new Promise((resolve) => {
        waiting.push({ patientId, resolve });
        tell();
      });
    },
    /** Answers every call that waits about this chart. */
    settle(patientId: string, said: boolean) {
      const settled = waiting.filter((one) => one.patientId === patientId);
      waiting = waiting.filter((one) => one.patientId !== patientId);
      tell();
      for (const { resolve } of settled) resolve(said);
    },
  };
}

export const groundGate = createGroundGate();

/** The context of a call that asks nobody why: what it would propose is done without. */
export const unasked = { trpc: { context: { unasked: true } } };

/** Whose chart was asked for without a ground. */
function patientOf(error: unknown): string | undefined {
  if (!(error instanceof TRPCClientError) || error.data?.domain?.key !== "chart.reasonNeeded") return undefined;
  const { patientId } = error.data.domain.details;
  return typeof patientId === "string" ? patientId : undefined;
}

/** Holds back what is refused for want of a ground, and sends it again once there is one. What a page asks by itself asks nobody. */
export const groundLink: TRPCLink<AppRouter> = () => {
  return ({ op, next }) =>
    observable((observer) => {
      let over = false;
      let inner = { unsubscribe() {} };
      const asksNobody = op.context.background || op.context.unasked || groundGate.isQuiet();
      const send = () => {
        inner = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error(error) {
            const patientId = asksNobody ? undefined : patientOf(error);
            if (!patientId || !groundGate.isWatched()) return observer.error(error);
            void groundGate.ask(patientId).then((said) => {
              if (over) return;
              if (said) send();
              else observer.error(error);
            });
          },
        });
      };
      send();
      return () => {
        over = true;
        inner.unsubscribe();
      };
    });
};
