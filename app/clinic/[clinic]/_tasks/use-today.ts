"use client";

import { useQuery } from "@tanstack/react-query";
import { todayIn } from "#server/patient/today.ts";
import { useTRPC } from "../../../_trpc/client.tsx";

/** The day it is in the clinic, `YYYY-MM-DD`, wherever the reader's computer believes to be. */
export function useToday(): string {
  const trpc = useTRPC();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  return todayIn(me.data?.clinic.timeZone ?? "America/Toronto");
}
