"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";

/** After something was written: the list, its history and what prints them are read again. */
export function useRefreshMedications(): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: trpc.medication.pathKey() }), [queries, trpc]);
}
