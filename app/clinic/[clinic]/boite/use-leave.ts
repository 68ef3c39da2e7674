"use client";

import { type InfiniteData, type QueryKey, useQueryClient } from "@tanstack/react-query";

interface Page {
  readonly rows: readonly { readonly id: string }[];
}

/**
 * Takes one out of a list at once, before the server is asked again: whoever works quicker than the list is read is not led back to what they are done with.
 * @param queryKey of an infinite list, whose answer on its way is let go
 */
export function useLeave(queryKey: QueryKey): (id: string) => Promise<void> {
  const queries = useQueryClient();
  return async (id) => {
    await queries.cancelQueries({ queryKey });
    queries.setQueryData<InfiniteData<Page>>(
      queryKey,
      (held) =>
        held && {
          ...held,
          pages: held.pages.map((page) => ({ ...page, rows: page.rows.filter((row) => row.id !== id) })),
        },
    );
  };
}
