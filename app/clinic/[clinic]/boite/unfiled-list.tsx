"use client";

import { useTranslations } from "next-intl";
import { InboxList, type ListProps } from "./inbox-list.tsx";
import { useUnfiled } from "./use-unfiled.ts";

/** What waits to be filed, the oldest first. */
export function UnfiledList({ selected, onSelect }: ListProps) {
  const t = useTranslations("documents");
  const { rows, more } = useUnfiled();
  return (
    <InboxList
      rows={rows}
      empty={{ title: t("emptyUnfiled"), text: t("emptyUnfiledText") }}
      showPatient={false}
      opensNext
      onMore={more}
      selected={selected}
      onSelect={onSelect}
    />
  );
}
