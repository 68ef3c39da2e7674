"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { InboxList, type ListProps } from "./inbox-list.tsx";

/** What waits for this person's signature: urgent ones first. */
export function ReviewList({ selected, onSelect }: ListProps) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.document.reviews.infiniteQueryOptions(
      { refresh: true },
      { getNextPageParam: ({ after }) => after ?? undefined },
    ),
  );
  return (
    <InboxList
      rows={list.data?.pages.flatMap((page) => page.rows)}
      empty={{ title: t("emptyReviews"), text: t("emptyReviewsText") }}
      showPatient
      opensNext
      onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      selected={selected}
      onSelect={onSelect}
    />
  );
}
