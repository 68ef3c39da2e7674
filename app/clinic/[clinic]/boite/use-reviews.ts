"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useLeave } from "./use-leave.ts";

/** What waits for this person's signature, shared by the list and by the document that is open. */
export function useReviews() {
  const trpc = useTRPC();
  const options = trpc.document.reviews.infiniteQueryOptions(
    { refresh: true },
    { getNextPageParam: ({ after }) => after ?? undefined },
  );
  const list = useInfiniteQuery(options);
  const leave = useLeave(options.queryKey);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return {
    rows,
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    /** The one after it in the list; at its end, the one before. */
    async nextOf(id: string): Promise<string | undefined> {
      const at = rows?.findIndex((row) => row.id === id) ?? -1;
      if (!rows || at < 0) return undefined;
      if (at + 1 < rows.length || !list.hasNextPage) return (rows[at + 1] ?? rows[at - 1])?.id;
      const { data } = await list.fetchNextPage();
      return data?.pages.flatMap((page) => page.rows)[at + 1]?.id ?? rows[at - 1]?.id;
    },
    leave,
  };
}
