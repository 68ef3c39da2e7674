"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useLeave } from "./use-leave.ts";

/**
 * What waits to be filed, shared by the list and by the document that is open.
 * @param soughtId read on to this one: what has just come in stands at the end
 */
export function useUnfiled(soughtId?: string) {
  const trpc = useTRPC();
  const options = trpc.document.inbox.infiniteQueryOptions(
    { which: "unfiled", refresh: true },
    { getNextPageParam: ({ after }) => after ?? undefined },
  );
  const list = useInfiniteQuery(options);
  const leave = useLeave(options.queryKey);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const isFurther =
    soughtId !== undefined &&
    list.isSuccess &&
    list.hasNextPage &&
    !list.isFetching &&
    !rows?.some(({ id }) => id === soughtId);
  const { fetchNextPage } = list;
  useEffect(() => {
    if (isFurther) void fetchNextPage();
  }, [isFurther, fetchNextPage]);
  return {
    rows,
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    leave,
  };
}
