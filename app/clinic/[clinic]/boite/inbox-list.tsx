"use client";

import { Button } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { DocumentLine } from "#server/document/record.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { DocumentRow } from "../_documents/document-row.tsx";
import classes from "../_documents/documents.module.css";
import { useRowKeys } from "../_documents/use-row-keys.ts";

export interface ListProps {
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

interface InboxListProps extends ListProps {
  rows: readonly DocumentLine[] | undefined;
  empty: { title: string; text: string };
  showPatient: boolean;
  /** A worklist opens its first one by itself, and the next when one is done with. */
  opensNext: boolean;
  onMore: (() => void) | undefined;
}

/** A list of the inbox. What is done with leaves it, and the one that takes its place opens. */
export function InboxList({ rows, empty, showPatient, opensNext, onMore, selected, onSelect }: InboxListProps) {
  const t = useTranslations("documents");
  const keys = useRowKeys(rows ?? [], selected, onSelect);
  const first = rows?.[0]?.id;
  useEffect(() => {
    const wide = window.matchMedia("(min-width: 721px)").matches;
    if (opensNext && wide && !selected && first) onSelect(first);
  }, [opensNext, selected, first, onSelect]);
  if (!rows) return <SkeletonRows rows={8} />;
  if (rows.length === 0)
    return (
      <div className={classes.rows}>
        <EmptyState icon={<IconInbox size={24} />} title={empty.title}>
          {empty.text}
        </EmptyState>
      </div>
    );
  return (
    <ul className={classes.rows} aria-label={t("list")} onKeyDown={keys.onKeyDown}>
      {rows.map((row) => (
        <li key={row.id}>
          <DocumentRow
            document={row}
            selected={row.id === selected}
            onOpen={() => onSelect(row.id)}
            showPatient={showPatient}
          />
        </li>
      ))}
      {onMore && (
        <li className={classes.more}>
          <Button variant="default" onClick={onMore}>
            {t("more")}
          </Button>
        </li>
      )}
    </ul>
  );
}
