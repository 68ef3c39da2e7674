"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";

/** The summary of one patient: read once, whoever shows a part of it. Read again by the page itself, the journal's line stands for it. */
export function useSummary(patientId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const queryKey = trpc.summary.read.queryKey({ patientId });
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const refresh = queries.getQueryData(queryKey) !== undefined;
      return client.summary.read.query({ patientId, refresh }, { signal });
    },
  });
}

/** After something was written: the summary is read again, and with it the graphs, flowsheets and timeline that show it. */
export function useRefreshRecord(): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback(async () => {
    const keys = [
      trpc.summary.pathKey(),
      trpc.observation.pathKey(),
      trpc.flowsheet.pathKey(),
      trpc.timeline.pathKey(),
      trpc.recordEntry.pathKey(),
      // What a phrase brings from the record: « .ta » is the pressure that was just taken.
      trpc.phrase.pathKey(),
    ];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  }, [queries, trpc]);
}
