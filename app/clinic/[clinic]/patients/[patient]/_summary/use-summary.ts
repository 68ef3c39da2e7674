"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";

/** The summary of one patient: read once, whoever shows a part of it. */
export function useSummary(patientId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.summary.read.queryOptions({ patientId }));
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
    ];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  }, [queries, trpc]);
}
