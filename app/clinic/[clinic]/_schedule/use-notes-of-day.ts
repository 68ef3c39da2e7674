"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useLive } from "./use-live.ts";

export type NoteState = "signed" | "unsigned" | "none";

/**
 * Where the notes of one's own visits of a day stand, read again when one is written or signed. @returns undefined while nothing is known, and
 * for whoever writes none
 */
export function useNotesOfDay(date: string, mayWrite: boolean): ((appointmentId: string) => NoteState) | undefined {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const queryKey = trpc.note.ofDay.queryKey({ date });
  const { data, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const refresh = cache.getQueryData(queryKey) !== undefined;
      return client.note.ofDay.query({ date, refresh }, { signal, context: { background: refresh } });
    },
    enabled: mayWrite,
    staleTime: 0,
  });
  useLive(() => mayWrite && void refetch(), "note");
  return data && ((id) => data.find(({ appointmentId }) => appointmentId === id)?.state ?? "none");
}
