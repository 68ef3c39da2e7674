"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";

/** The chart's letters and requests, the latest first. */
export function useLetters(patientId: string, most: number) {
  const trpc = useTRPC();
  return useQuery(trpc.letter.list.queryOptions({ patientId, most, refresh: true }));
}

/** After something was written: whatever shows letters, requests or their documents is read again. */
export function useRefreshLetters(): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback(async () => {
    const keys = [trpc.letter.pathKey(), trpc.referral.pathKey(), trpc.document.pathKey()];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  }, [queries, trpc]);
}
