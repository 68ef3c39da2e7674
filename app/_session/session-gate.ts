"use client";

import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "#server/trpc/router.ts";

/** Why a call waits: nobody is signed in any more, the session sleeps, or the act asks for a fresh proof. */
export type GateReason = "unauthenticated" | "locked" | "confirm";

type Waiting = (again: boolean) => void;

/**
 * Where calls wait while the person proves who they are in place. The call that was refused is sent again afterwards, by
 * itself: the form that made it never learns of it, and nothing typed is lost.
 */
function createGate() {
  let reason: GateReason | null = null;
  let waiting: Waiting[] = [];
  let watchers = 0;
  let person: string | null = null;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    reason: () => reason,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Somebody shows the dialogs (SessionGuard), on a page made for this person. Without anybody, a refused call just fails. */
    watch(personId: string) {
      watchers += 1;
      person = personId;
      return () => {
        watchers -= 1;
        if (watchers === 0) person = null;
      };
    },
    /** Said with each call: what one person left on the screen never goes under the name of the next one who signs in. */
    personHeader: (): Record<string, string> => (person ? { "x-chevet-person": person } : {}),
    isWatched: () => watchers > 0,
    /** Resolves to whether the call should be sent again. */
    ask(why: GateReason): Promise<boolean> {
      // Signing in again settles everything that a lock or a confirmation would.
      if (reason === null || why === "unauthenticated") reason = why;
      tell();
      return new Promise((resolve) => waiting.push(resolve));
    },
    settle(again: boolean) {
      const settled = waiting;
      waiting = [];
      reason = null;
      tell();
      for (const resolve of settled) resolve(again);
    },
  };
}

export const sessionGate = createGate();

/** The session is over: asks to sign in again, in place. */
export const askToSignIn = () => void sessionGate.ask("unauthenticated");

type Keeper = (at: number) => void;
const keepers = new Set<Keeper>();

/** Told at each call that kept the session awake. */
export function onKeptAwake(keeper: Keeper): () => void {
  keepers.add(keeper);
  return () => keepers.delete(keeper);
}

const reasons: Record<string, GateReason> = {
  unauthenticated: "unauthenticated",
  locked: "locked",
  "signIn.confirmNeeded": "confirm",
};

function reasonOf(error: unknown): GateReason | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return reasons[error.data?.domain?.key ?? ""];
}

/** The context of a call that must not wait at the gate: those that open it. */
export const ungated = { context: { ungated: true } };
/** The context of a call that a page makes by itself: it does not keep the session awake. */
export const background = { context: { background: true } };

/** Holds back what is refused for want of a live, awake, proven session, and sends it again once there is one. */
export const gateLink: TRPCLink<AppRouter> = () => {
  return ({ op, next }) =>
    observable((observer) => {
      let over = false;
      let inner = { unsubscribe() {} };
      const send = () => {
        inner = next(op).subscribe({
          next(value) {
            if (!op.context.background) for (const keeper of keepers) keeper(Date.now());
            observer.next(value);
          },
          complete: () => observer.complete(),
          error(error) {
            const reason = op.context.ungated ? undefined : reasonOf(error);
            if (!reason || !sessionGate.isWatched()) return observer.error(error);
            void sessionGate.ask(reason).then((again) => {
              if (over) return;
              if (again) send();
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
