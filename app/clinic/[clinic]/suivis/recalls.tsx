"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconCalendarRepeat, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import type { RecallRecord } from "#server/recall/list-recalls.ts";
import { type RecallState, recallStates } from "#server/recall/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { RecallDrawer } from "./recall-drawer.tsx";
import { RecallForm } from "./recall-form.tsx";
import classes from "./recalls.module.css";

const most = 50;

/** The worklist: who is overdue first, what was tried, and the next try one click away. */
export function Recalls({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("recalls");
  const say = useErrorText();
  const trpc = useTRPC();
  const [state, setState] = useState<RecallState>("due");
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.recall.list.queryOptions({ state, after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const [openId, setOpenId] = useState<string>();
  const [adding, setAdding] = useState(false);
  const open = page.data?.rows.find(({ id }) => id === openId);
  const columns = useColumns();
  const refetch = () => void page.refetch();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayWrite && add}
      </PageHead>
      <PageBody>
        <SegmentedControl
          className={classes.states}
          aria-label={t("which")}
          data={recallStates.map((value) => ({ value, label: t(`states.${value}`) }))}
          value={state}
          onChange={(next) => {
            setState(next as RecallState);
            pages.restart();
          }}
        />
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={refetch}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            onOpen={({ id }) => setOpenId(id)}
            selected={openId}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconCalendarRepeat />} title={t(`none.${state}`)} action={mayWrite && add}>
                {t("noneText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open && (
        <RecallDrawer
          key={`${open.id} ${open.version}`}
          recall={open}
          mayWrite={mayWrite}
          onClose={() => setOpenId(undefined)}
          onChanged={refetch}
        />
      )}
      {adding && (
        <RecallForm
          recall={undefined}
          onClose={() => setAdding(false)}
          onSaved={() => {
            setAdding(false);
            refetch();
          }}
        />
      )}
    </>
  );
}

function useColumns(): Column<RecallRecord>[] {
  const t = useTranslations("recalls");
  const format = useFormatter();
  const now = useNow();
  return [
    {
      key: "who",
      label: t("who"),
      cell: ({ givenName, familyName, phone }) => (
        <>
          <strong>{`${givenName} ${familyName}`}</strong>
          <span className={classes.under}>{phone || t("noPhone")}</span>
        </>
      ),
    },
    {
      key: "due",
      label: t("due"),
      cell: ({ dueOn, lateBy, answered }) => (
        <>
          <span className="cv-nowrap">{dueOn}</span>{" "}
          {answered ? (
            <Chip tone="good">{t("booked")}</Chip>
          ) : (
            lateBy > 0 && <Chip tone={lateBy > 30 ? "danger" : "attention"}>{t("late", { count: lateBy })}</Chip>
          )}
        </>
      ),
    },
    {
      key: "what",
      label: t("what"),
      secondary: true,
      cell: ({ service, practitioner, reason }) => (
        <>
          {reason || service || t("anyVisit")}
          <span className={classes.under}>{[reason && service, practitioner].filter(Boolean).join(" · ")}</span>
        </>
      ),
    },
    {
      key: "tries",
      label: t("lastTry"),
      secondary: true,
      cell: ({ attempts: [last], visitAt }) => {
        if (visitAt) return <Moment at={visitAt} as="dateAndTime" />;
        if (!last) return t("neverTried");
        return `${t(`kinds.${last.kind}`)}, ${format.relativeTime(new Date(last.at), now)}`;
      },
    },
  ];
}
