"use client";

import { useTranslations } from "next-intl";
import { InboxList, type ListProps } from "./inbox-list.tsx";
import { useReviews } from "./use-reviews.ts";

/** What waits for this person's signature: urgent ones first. */
export function ReviewList({ selected, onSelect }: ListProps) {
  const t = useTranslations("documents");
  const { rows, more } = useReviews();
  return (
    <InboxList
      rows={rows}
      empty={{ title: t("emptyReviews"), text: t("emptyReviewsText") }}
      showPatient
      opensNext
      onMore={more}
      selected={selected}
      onSelect={onSelect}
    />
  );
}
