"use client";

import { keepPreviousData, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";

/**
 * A reading that stays on screen and is read again by itself. The first one is the person's own gesture; those that follow say
 * so (`refresh`, and the background header): they neither keep a session awake nor fill the journal.
 */
export function useSeenQuery<Answer>(
  queryKey: QueryKey,
  read: (refresh: boolean, options: { signal: AbortSignal; context: { background: boolean } }) => Promise<Answer>,
) {
  const cache = useQueryClient();
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const refresh = cache.getQueryData(queryKey) !== undefined;
      return read(refresh, { signal, context: { background: refresh } });
    },
    placeholderData: keepPreviousData,
    // What is kept of another day is shown at once, and read again.
    staleTime: 0,
  });
}
