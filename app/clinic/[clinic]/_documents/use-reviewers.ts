"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_trpc/client.tsx";

/** Whom a document may be sent to, as a field shows them. */
export function useReviewers(): { value: string; label: string }[] {
  const trpc = useTRPC();
  const reviewers = useQuery({ ...trpc.document.reviewers.queryOptions(), staleTime: 5 * 60_000 });
  return (reviewers.data ?? []).map(({ userId, name }) => ({ value: userId, label: name }));
}
