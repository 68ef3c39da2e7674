"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, TRPCClientError } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "#server/trpc/router.ts";
import { groundLink } from "../_ground/ground-gate.ts";
import { glassHeader } from "../_session/glass.ts";
import { gateLink, sessionGate } from "../_session/session-gate.ts";
import { visitToken } from "../c/_visit/visit-token.ts";
import { carriedFetch } from "./leaving.ts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** Calls of one tick travel together; the server caps a batch at twelve. What leaves as the page goes waits for no tick: there is none. */
function makeClient(url: string) {
  return createTRPCClient<AppRouter>({
    links: [
      gateLink,
      groundLink,
      splitLink({
        condition: ({ context }) => context.leaving === true,
        true: httpLink({
          url,
          transformer: superjson,
          fetch: carriedFetch,
          headers: () => ({ ...sessionGate.personHeader(), ...glassHeader() }),
        }),
        false: httpBatchLink({
          url,
          transformer: superjson,
          maxItems: 10,
          headers: ({ opList }) => ({
            ...sessionGate.personHeader(),
            ...glassHeader(),
            ...(opList.every((op) => op.context.background) && { "x-chevet-background": "1" }),
          }),
        }),
      }),
    ],
  });
}

/** A visitor has no session: no gate, and the token of their hold or visit in place of a cookie. */
function makeVisitorClient(url: string) {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url, transformer: superjson, maxItems: 10, headers: visitToken.header })],
  });
}

function isRefusal(error: unknown): boolean {
  const told = error instanceof TRPCClientError ? (error.data?.domain?.code as string | undefined) : undefined;
  return told !== undefined && told !== "Busy" && told !== "Internal";
}

function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      // A refusal is an answer: asked again, it is the same.
      queries: {
        staleTime: 30_000,
        retry: (failed, error) => failed < 1 && !isRefusal(error),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: 0 },
    },
  });
}

interface TrpcProviderProps {
  /** The clinic of this part of the site: its calls carry it in their address, never in an input. */
  clinicSlug?: string;
  /** The host's console has a door, a cookie and people of its own. */
  realm?: "staff" | "host" | "visitor";
  children: ReactNode;
}

export function TrpcProvider({ clinicSlug, realm = "staff", children }: TrpcProviderProps) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => {
    const url = doorOf(clinicSlug, realm);
    return realm === "visitor" ? makeVisitorClient(url) : makeClient(url);
  });
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function doorOf(clinicSlug: string | undefined, realm: "staff" | "host" | "visitor"): string {
  if (realm === "host") return "/api/host/trpc";
  if (realm === "visitor") return `/api/c/${clinicSlug}/trpc`;
  return clinicSlug ? `/api/clinic/${clinicSlug}/trpc` : "/api/trpc";
}
