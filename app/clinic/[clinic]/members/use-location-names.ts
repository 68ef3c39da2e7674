"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_trpc/client.tsx";

/** The clinic's locations, to choose from and to name. */
export function useLocationNames() {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.location.list.queryOptions());
  return {
    locations: data.filter(({ status }) => status === "active"),
    nameOf: (id: string) => data.find((one) => one.id === id)?.name ?? "…",
  };
}
