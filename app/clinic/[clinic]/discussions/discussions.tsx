"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconMessagePlus, IconMessages } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DiscussionLine } from "#server/discussion/record.ts";
import { type DiscussionList, discussionLists } from "#server/discussion/schema.ts";
import { SayWhy, Withheld } from "../../../_ground/say-why.tsx";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";
import classes from "../_discussions/discussions.module.css";
import { StartDrawer } from "../_discussions/start-drawer.tsx";
import { ThreadDrawer } from "../_discussions/thread-drawer.tsx";
import { useLive } from "../_schedule/use-live.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";

const most = 30;

/** One's discussions, the last said first; what is unread apart. */
export function Discussions({ patientId, first }: { patientId: string | null; first: string | undefined }) {
  const t = useTranslations("discussions");
  const say = useErrorText();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [list, setList] = useState<DiscussionList>(patientId ? "all" : "mine");
  const pages = usePages(most);
  const input = { list, patientId, cursor: pages.last, most };
  const page = useSeenQuery(trpc.discussion.list.queryKey(input), (refresh, options) =>
    client.discussion.list.query({ ...input, refresh }, options),
  );
  useLive(() => void page.refetch(), "discussion");
  const [open, setOpen] = useState(first);
  const [starting, setStarting] = useState(false);
  useShortcutList([{ keys: "n", label: t("start"), group: t("group"), run: () => setStarting(true) }]);
  const columns = useColumns();
  const start = (
    <Button
      leftSection={<IconMessagePlus size={18} aria-hidden />}
      rightSection={<KeyCap>n</KeyCap>}
      aria-keyshortcuts="n"
      onClick={() => setStarting(true)}
    >
      {t("start")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {start}
      </PageHead>
      <PageBody>
        <SegmentedControl
          className={classes.filters}
          aria-label={t("which")}
          data={discussionLists.map((value) => ({ value, label: t(`lists.${value}`) }))}
          value={list}
          onChange={(next) => {
            setList(next as DiscussionList);
            pages.restart();
          }}
        />
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            onOpen={({ id }) => setOpen(id)}
            {...(open && { selected: open })}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconMessages />} title={t(`none.${list}`)} action={start}>
                {t("noneText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {starting && (
        <StartDrawer
          patientId={patientId}
          onClose={() => setStarting(false)}
          onStarted={(id) => {
            setStarting(false);
            setOpen(id);
            void queries.invalidateQueries(trpc.discussion.pathFilter());
          }}
        />
      )}
      {open && <ThreadDrawer key={open} id={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(): Column<DiscussionLine>[] {
  const t = useTranslations("discussions");
  return [
    {
      key: "subject",
      label: t("subject"),
      cell: ({ withheld, subject, unread, patientName, birthDate }) => (
        <>
          <span style={{ fontWeight: unread ? 700 : 500 }}>
            {withheld ? <Withheld>{t("withheld")}</Withheld> : subject}
          </span>{" "}
          {unread && <Chip tone="attention">{t("new")}</Chip>}
          <span className={classes.under}>
            {patientName ?? t("hidden")} {birthDate && <span className="cv-nowrap">· {birthDate}</span>}
          </span>
        </>
      ),
      beneath: ({ withheld, patientId, patientName }) =>
        withheld && <SayWhy patientId={patientId} name={patientName} />,
    },
    {
      key: "last",
      label: t("lastMessage"),
      secondary: true,
      cell: ({ lastAuthor, lastBody }) => (
        <span className={classes.cut}>{lastBody ? t("last", { by: lastAuthor, body: lastBody }) : lastAuthor}</span>
      ),
    },
    {
      key: "count",
      label: t("count"),
      align: "end",
      secondary: true,
      width: "100px",
      cell: ({ messages }) => messages,
    },
    {
      key: "when",
      label: t("when"),
      align: "end",
      width: "150px",
      cell: ({ lastMessageAt }) => <Moment at={lastMessageAt} as="dateAndTime" />,
    },
  ];
}
