"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_trpc/client.tsx";

/** What waits to be filed, shared by the list and by the document that is open. */
export function useUnfiled() {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.document.inbox.infiniteQueryOptions(
      { which: "unfiled", refresh: true },
      { getNextPageParam: ({ after }) => after ?? undefined },
    ),
  );
  return {
    rows: list.data?.pages.flatMap((page) => page.rows),
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
  };
}
