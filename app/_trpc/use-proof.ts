"use client";

import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { useCallback, useRef } from "react";
import type { SolvedChallenge } from "#server/proof-of-work/schema.ts";
import { useTRPCClient } from "./client.tsx";

const freshMs = 8 * 60_000;

/**
 * The small sum that stands before doors which cost us a mail. `prepare` works it out while the person is still typing;
 * `take` hands out one that is still good, and never the same twice. The browser's own cryptography derives off the page's thread.
 */
export function useProof() {
  const client = useTRPCClient();
  const ready = useRef<{ proof: Promise<SolvedChallenge>; at: number }>(undefined);

  const prepare = useCallback(() => {
    if (ready.current && Date.now() - ready.current.at < freshMs) return ready.current.proof;
    const proof = (async () => {
      const challenge = await client.signUp.challenge.query();
      const solution = await solveChallenge({ challenge, deriveKey });
      if (!solution) throw new Error("no solution in time");
      return { challenge, solution } as SolvedChallenge;
    })();
    ready.current = { proof, at: Date.now() };
    // A failure is told when the proof is taken; the next one starts anew.
    proof.catch(() => {
      ready.current = undefined;
    });
    return proof;
  }, [client]);

  const take = useCallback(async () => {
    const proof = await prepare();
    ready.current = undefined;
    return proof;
  }, [prepare]);

  return { prepare: useCallback(() => void prepare().catch(() => undefined), [prepare]), take };
}
