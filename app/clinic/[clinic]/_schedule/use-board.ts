"use client";

import { useCallback } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useSettledUndo } from "../../../_ui/toast/toast.tsx";
import { useLive } from "./use-live.ts";
import { useSeenQuery } from "./use-seen-query.ts";
import { useVisitActs } from "./use-visit-acts.ts";

/** The day's people and where each stands, kept fresh by the live line, with the gestures on them. */
export function useBoard(date: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const reading = useSeenQuery(trpc.appointment.board.queryKey({ date }), (refresh, options) =>
    client.appointment.board.query({ date, refresh }, options),
  );
  const { refetch } = reading;
  useSettledUndo(reading.data?.rows);
  const refresh = useCallback(() => refetch(), [refetch]);
  const downSince = useLive(() => void refresh());
  return { reading, refresh, downSince, acts: useVisitActs(refresh) };
}
