"use client";

import { Button } from "@mantine/core";
import { IconCalendarOff, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ExceptionRecord } from "#server/schedule/exception/record.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { ExceptionForm } from "./exception-form.tsx";
import classes from "./hours.module.css";
import type { Known } from "./known.ts";
import { useSpan } from "./use-span.ts";

const most = 50;

/** Leave, closures, extra hours that are not over, the next first. */
export function Exceptions(known: Known) {
  const { resources, locations, mayManage } = known;
  const t = useTranslations("hours.exceptions");
  const say = useErrorText();
  const trpc = useTRPC();
  const sayspan = useSpan();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.schedule.exception.list.queryOptions({ after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const [open, setOpen] = useState<ExceptionRecord | "new">();
  const names = new Map([...resources, ...locations].map(({ id, name }) => [id, name]));
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );

  const columns: Column<ExceptionRecord>[] = [
    { key: "when", label: t("when"), cell: (row) => <span>{sayspan(row)}</span> },
    {
      key: "reason",
      label: t("reason"),
      cell: ({ reason, kind }) => <Chip tone={kind === "open" ? "good" : "neutral"}>{t(`reasons.${reason}`)}</Chip>,
    },
    {
      key: "who",
      label: t("who"),
      cell: ({ resourceId }) => (resourceId ? (names.get(resourceId) ?? "") : t("everybody")),
    },
    {
      key: "where",
      label: t("where"),
      secondary: true,
      cell: ({ locationId }) => (locationId ? (names.get(locationId) ?? "") : t("everywhere")),
    },
    { key: "title", label: t("note"), secondary: true, cell: ({ title }) => title || "–" },
  ];

  return (
    <>
      {mayManage && <div className={classes.acts}>{add}</div>}
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
          onOpen={mayManage ? setOpen : undefined}
          paging={pages.paging(page.data?.rows, page.data?.after)}
          empty={
            <EmptyState icon={<IconCalendarOff />} title={t("emptyTitle")}>
              {t("emptyText")}
            </EmptyState>
          }
        />
      )}
      {open && (
        <ExceptionForm
          {...known}
          key={open === "new" ? "new" : open.id}
          exception={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            void page.refetch();
          }}
        />
      )}
    </>
  );
}
