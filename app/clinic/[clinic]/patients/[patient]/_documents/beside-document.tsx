"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowsMaximize, IconArrowUp, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { OpenDocument } from "../../../_documents/open-document.tsx";
import classes from "./beside.module.css";
import type { Beside } from "./beside.tsx";
import { cardList } from "./card-list.ts";
import { useBesideKeys } from "./use-beside-keys.ts";

interface BesideDocumentProps {
  patientId: string;
  id: string;
  beside: Beside;
}

/** One document of the chart beside its note, with its acts; those before and after it in the list are one key away. */
export function BesideDocument({ patientId, id, beside }: BesideDocumentProps) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const say = useErrorText();
  const { clinic } = useParams<{ clinic: string }>();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const opened = useQuery(trpc.document.read.queryOptions({ id }));
  const list = useInfiniteQuery(
    trpc.document.list.infiniteQueryOptions(
      { patientId, refresh: true },
      { getNextPageParam: ({ after }) => after ?? undefined },
    ),
  );
  // Until the whole list is here, the card's lines are what turns: a key pressed at once is heard.
  const few = queries.getQueryData(trpc.document.list.queryKey(cardList(patientId)));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? few?.rows ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const permissions = me.data?.membership.permissions ?? [];
  const isHere = opened.data?.patientId === patientId;
  const document = isHere ? opened.data : undefined;
  const previous = at > 0 ? rows[at - 1] : undefined;
  const next = at >= 0 ? rows[at + 1] : undefined;
  const toReview = rows.find((row) => row.id !== id && row.reviewerId !== null && row.reviewerId === me.data?.user.id);
  // The list is read on before its end is reached: the key finds the next one there.
  const nearEnd = list.isSuccess && at >= rows.length - 2 && list.hasNextPage && !list.isFetching;
  const { fetchNextPage } = list;
  useEffect(() => {
    if (nearEnd) void fetchNextPage();
  }, [nearEnd, fetchNextPage]);

  const keys = useTranslations("documents.keys");
  const turnTo = (row: { readonly id: string } | undefined) => row && beside.turn(row.id);
  useShortcutList([
    { keys: "n", label: keys("next"), group: t("card.title"), run: () => turnTo(next) },
    { keys: "p", label: keys("previous"), group: t("card.title"), run: () => turnTo(previous) },
  ]);
  useBesideKeys(beside);

  const head = useRef<HTMLHeadingElement>(null);
  // Opened, it has the hand: its pages turn by the keys that turn pages. Whoever writes keeps it.
  useEffect(() => {
    const { activeElement } = window.document;
    if (activeElement instanceof HTMLElement && activeElement.isContentEditable) return;
    head.current?.focus({ preventScroll: true });
  }, []);

  const readAgain = () => void queries.invalidateQueries(trpc.document.pathFilter());
  const facts = document && [
    document.documentType && t(`types.${document.documentType}`),
    document.datedOn,
    document.sourceAuthor,
  ];
  return (
    <>
      <header className={classes.head}>
        <div className={classes.name}>
          <h2 ref={head} tabIndex={-1} className={classes.title} aria-live="polite">
            {document ? document.title || document.fileName : t("card.one")}
          </h2>
          <p className={classes.facts}>
            {document?.patientName && (
              <span className={classes.whose}>
                {document.patientName} <span className="cv-nowrap">{document.birthDate}</span>
                {" · "}
              </span>
            )}
            {facts?.filter(Boolean).map((fact, index) => (
              <span key={fact}>
                {index > 0 && " · "}
                <span className="cv-nowrap">{fact}</span>
              </span>
            )) ?? "…"}
          </p>
        </div>
        <span className={classes.turns}>
          <Act label={keys("previous")} hint="p" disabled={!previous} onClick={() => turnTo(previous)}>
            <IconArrowUp size={18} aria-hidden />
          </Act>
          <Act label={keys("next")} hint="n" disabled={!next} onClick={() => turnTo(next)}>
            <IconArrowDown size={18} aria-hidden />
          </Act>
          <Tooltip label={t("card.page")} openDelay={400}>
            <ActionIcon
              component={Link}
              href={`/clinic/${clinic}/patients/${patientId}/documents?doc=${id}`}
              prefetch={false}
              className={classes.whole}
              variant="subtle"
              color="encre"
              aria-label={t("card.page")}
            >
              <IconArrowsMaximize size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Act label={t("card.close")} hint={t("card.escape")} press="Escape" onClick={() => beside.close()}>
            <IconX size={18} aria-hidden />
          </Act>
        </span>
      </header>
      <div className={classes.body}>
        {opened.isError ? (
          <div className={classes.said}>
            <ErrorPanel requestId={say(opened.error).requestId} onRetry={() => void opened.refetch()}>
              {say(opened.error).message}
            </ErrorPanel>
          </div>
        ) : opened.isPending ? (
          <div className={classes.said}>
            <SkeletonRows rows={8} />
          </div>
        ) : !isHere ? (
          <p className={classes.said}>{t("card.elsewhere")}</p>
        ) : (
          <OpenDocument
            key={id}
            id={id}
            mayReview={permissions.includes("chart:sign")}
            mayFile={permissions.includes("document:file")}
            inList={false}
            beside
            following={toReview && { title: toReview.title, open: () => turnTo(toReview) }}
            onGone={() => {
              beside.close();
              readAgain();
            }}
            onChanged={readAgain}
          />
        )}
      </div>
    </>
  );
}

interface ActProps {
  label: string;
  /** As it is drawn on the key. */
  hint: string;
  press?: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Act({ label, hint, press = hint, disabled = false, onClick, children }: ActProps) {
  return (
    <Tooltip label={`${label} (${hint})`} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="encre"
        aria-label={label}
        aria-keyshortcuts={press}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
