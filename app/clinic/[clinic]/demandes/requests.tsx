"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { type RequestState, requestStates } from "#server/request-person/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useSettledUndo } from "../../../_ui/toast/toast.tsx";
import { useLive } from "../_schedule/use-live.ts";
import { RequestCard } from "./request-card.tsx";
import classes from "./requests.module.css";

/** The requests that wait, the oldest first: each is settled in one gesture, and each gesture can be taken back. */
export function Requests({ slug, mayRegister }: { slug: string; mayRegister: boolean }) {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const say = useErrorText();
  const [status, setStatus] = useState<RequestState>("open");
  const list = useInfiniteQuery(
    trpc.requestPerson.list.infiniteQueryOptions(
      { status, limit: 20 },
      {
        initialCursor: null,
        getNextPageParam: ({ rows, more }) => {
          const last = rows.at(-1);
          return more && last ? { createdAt: last.createdAt, id: last.id } : undefined;
        },
      },
    ),
  );
  useLive(() => void list.refetch());
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  useSettledUndo(rows);
  const open = list.data?.pages[0]?.open;
  const cards = useRef<HTMLUListElement>(null);
  const settled = useRef<number>(undefined);
  const shown = rows.map(({ id }) => id).join();

  // A request that is settled leaves with the button that settled it: the focus goes to the one that takes its place, or to the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once the list is another.
  useEffect(() => {
    const at = settled.current;
    settled.current = undefined;
    if (at === undefined || (document.activeElement && document.activeElement !== document.body)) return;
    const titles = [...(cards.current?.querySelectorAll<HTMLElement>("h2") ?? [])];
    (titles[at] ?? titles.at(-1) ?? document.getElementById("content"))?.focus();
  }, [shown]);

  return (
    <>
      <PageHead
        title={t("title")}
        context={<span>{open === undefined ? t("lead") : t("waiting", { count: open })}</span>}
      >
        <SegmentedControl
          aria-label={t("which")}
          value={status}
          onChange={(value) => setStatus(value as RequestState)}
          data={requestStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </PageHead>
      <PageBody>
        {list.isError && (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        )}
        {list.isPending && <SkeletonRows rows={6} />}
        {list.isSuccess && rows.length === 0 && (
          <EmptyState icon={<IconInbox size={24} />} title={t(`empty.${status}`)}>
            {t("emptyHelp")}
          </EmptyState>
        )}
        <ul ref={cards} className={classes.list}>
          {rows.map((request, at) => (
            <RequestCard
              key={request.id}
              request={request}
              slug={slug}
              mayRegister={mayRegister}
              onSettled={() => {
                settled.current = at;
                void list.refetch();
              }}
            />
          ))}
        </ul>
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("next")}
          </Button>
        )}
      </PageBody>
    </>
  );
}
