"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "#server/trpc/router.ts";
import { sessionLink } from "./session-state.ts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** Calls of one tick travel together; the server caps a batch at twelve. */
function makeClient(clinicSlug?: string) {
  const url = clinicSlug ? `/api/clinic/${clinicSlug}/trpc` : "/api/trpc";
  return createTRPCClient<AppRouter>({
    links: [sessionLink, httpBatchLink({ url, transformer: superjson, maxItems: 10 })],
  });
}

function makeQueryClient() {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: 1, refetchOnWindowFocus: false }, mutations: { retry: 0 } },
  });
}

/** @param clinicSlug the clinic of this part of the site: its calls carry it in their address, never in an input. */
export function TrpcProvider({ clinicSlug, children }: { clinicSlug?: string; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => makeClient(clinicSlug));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
