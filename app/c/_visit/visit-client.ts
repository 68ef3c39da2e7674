"use client";

import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import type { SolvedChallenge } from "#server/proof-of-work/schema.ts";
import type { AppRouter } from "#server/trpc/router.ts";
import { visitToken } from "./visit-token.ts";

/** The calls of a clinic's page, without the library that the workspace keeps its lists in: every kilobyte is read by an old telephone. */
export function makeVisitClient(slug: string) {
  const headers = visitToken.header;
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `/api/c/${slug}/trpc`, transformer: superjson, maxItems: 10, headers })],
  });
}
export type VisitClient = ReturnType<typeof makeVisitClient>;

/** The key of a refusal, « booking.timeTaken ». */
export const keyOf = (error: unknown): string | undefined =>
  error instanceof TRPCClientError ? (error.data?.domain?.key as string | undefined) : undefined;

/** Gives the hold back as the page goes, by a call that outlives it. @param mayReturn the form is kept for a reload */
export function releaseOnLeaving(slug: string, mayReturn: boolean): void {
  const headers = { "content-type": "application/json", ...visitToken.header() };
  const body = JSON.stringify({ json: { mayReturn } });
  void fetch(`/api/c/${slug}/trpc/booking.release`, { method: "POST", keepalive: true, headers, body }).catch(
    () => undefined,
  );
}

/** 32 random bytes, base64url: what this browser goes by, and later the visit's own link. */
export function freshToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/**
 * A small sum that a machine pays and a person does not notice: worked out while a time is being looked for, good for eight minutes,
 * never handed out twice. Its code arrives when it is needed.
 */
export function makeProofs(client: VisitClient) {
  let ready: { proof: Promise<SolvedChallenge>; at: number } | undefined;
  function prepare(): Promise<SolvedChallenge> {
    if (ready && Date.now() - ready.at < 480_000) return ready.proof;
    const proof = solve(client);
    ready = { proof, at: Date.now() };
    proof.catch(() => {
      ready = undefined;
    });
    return proof;
  }
  return {
    prepare: () => void prepare().catch(() => undefined),
    async take() {
      const proof = await prepare();
      ready = undefined;
      return proof;
    },
  };
}

async function solve(client: VisitClient): Promise<SolvedChallenge> {
  const [challenge, { solveChallenge }, { deriveKey }] = await Promise.all([
    client.signUp.challenge.query(),
    import("altcha-lib"),
    import("altcha-lib/algorithms/web/pbkdf2"),
  ]);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("no solution in time");
  return { challenge, solution } as SolvedChallenge;
}
