"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { InboxList, type ListProps } from "./inbox-list.tsx";

/** What this person filed and put aside, the latest first: a mistake is found here and taken back. */
export function MineList({ selected, onSelect }: ListProps) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.document.inbox.infiniteQueryOptions(
      { which: "mine", refresh: true },
      { getNextPageParam: ({ after }) => after ?? undefined },
    ),
  );
  return (
    <InboxList
      rows={list.data?.pages.flatMap((page) => page.rows)}
      empty={{ title: t("emptyMine"), text: t("emptyMineText") }}
      showPatient
      opensNext={false}
      onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      selected={selected}
      onSelect={onSelect}
    />
  );
}
