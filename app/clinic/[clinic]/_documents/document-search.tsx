"use client";

import { Button, Checkbox, MultiSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileSearch, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type DocumentType, documentTypes } from "#server/document/schema.ts";
import { SayWhy } from "../../../_ground/say-why.tsx";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { DocumentRow } from "./document-row.tsx";
import classes from "./documents.module.css";
import { useRowKeys } from "./use-row-keys.ts";

interface DocumentSearchProps {
  /** Of this chart only. */
  patientId: string | null;
  selected: string | undefined;
  onOpen: (id: string) => void;
  /** Several are being chosen: those that are, and what a tick does. */
  picking?: { readonly picked: ReadonlySet<string>; readonly toggle: (id: string) => void };
}

/** Documents by any of their words, their type and their dates: what a person remembers of one. */
export function DocumentSearch({ patientId, selected, onOpen, picking }: DocumentSearchProps) {
  const pick = useTranslations("sending.send");
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const say = useErrorText();
  const [typed, setTyped] = useState("");
  const [types, setTypes] = useState<DocumentType[]>([]);
  const [since, setSince] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [text] = useDebouncedValue(typed.trim(), 150);
  const list = useInfiniteQuery({
    ...trpc.document.list.infiniteQueryOptions(
      { text, patientId, types, since, until },
      { getNextPageParam: ({ after }) => after ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const isAsked = text !== "" || types.length > 0 || since !== null || until !== null || !patientId;
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const keys = useRowKeys(rows, selected, onOpen);
  return (
    <div className={classes.list}>
      {/* biome-ignore lint/a11y/useSemanticElements: React knows no element « search » here. */}
      <div className={classes.filters} role="search">
        <TextInput
          id="document-search"
          aria-label={t("find.label")}
          placeholder={t("find.placeholder")}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={keys.fromField}
          autoComplete="off"
        />
        <MultiSelect
          aria-label={t("find.type")}
          placeholder={types.length === 0 ? t("find.anyType") : undefined}
          data={documentTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
          value={types}
          onChange={(next) => setTypes(next as DocumentType[])}
          searchable
          clearable
        />
        <DayInput label={t("find.since")} value={since} onChange={setSince} />
        <DayInput label={t("find.until")} value={until} onChange={setUntil} />
      </div>
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.isPending && <SkeletonRows rows={8} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={<IconFileSearch size={24} />} title={t(isAsked ? "emptySearch" : "card.none")}>
          {isAsked && t("emptySearchText")}
        </EmptyState>
      )}
      {list.data?.pages[0]?.byGround && <p className={classes.byGround}>{t("find.byGround")}</p>}
      <ul className={classes.rows} aria-label={t("list")} onKeyDown={keys.onKeyDown}>
        {rows.map((row) => (
          <li key={row.id} className={picking && classes.pick}>
            {picking && (
              <Checkbox
                aria-label={pick("pick", { title: row.title || row.fileName })}
                checked={picking.picked.has(row.id)}
                disabled={(row.status !== "filed" && row.status !== "reviewed") || row.replacedById !== null}
                onChange={() => picking.toggle(row.id)}
              />
            )}
            <DocumentRow
              document={row}
              selected={row.id === selected}
              onOpen={() => onOpen(row.id)}
              showPatient={!patientId}
            >
              {row.snippet && (
                <span className={classes.snippet}>
                  {row.snippet.before}
                  <mark>{row.snippet.match}</mark>
                  {row.snippet.after}
                </span>
              )}
            </DocumentRow>
            {row.withheld && row.patientId && (
              <div className={classes.why}>
                <SayWhy patientId={row.patientId} name={row.patientName} />
              </div>
            )}
          </li>
        ))}
        {list.hasNextPage && (
          <li className={classes.more}>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("more")}
            </Button>
          </li>
        )}
      </ul>
    </div>
  );
}
