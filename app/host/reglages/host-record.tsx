"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { HostEventView } from "#server/host/list-host-events.ts";
import { useTRPC } from "../../_trpc/client.tsx";
import { useErrorText } from "../../_trpc/use-error-text.ts";
import { type Column, DataTable } from "../../_ui/data-table/data-table.tsx";
import { usePages } from "../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../_ui/moment/moment.tsx";
import { Section } from "../../_ui/section/section.tsx";

const most = 20;

/** What operators decided and changed: the host's own record, of which no line is ever edited. */
export function HostRecord() {
  const t = useTranslations("host.record");
  const fields = useTranslations("host.settings.fields");
  const trpc = useTRPC();
  const say = useErrorText();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.host.events.queryOptions({ before: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const columns: Column<HostEventView>[] = [
    {
      key: "when",
      label: t("when"),
      width: "11rem",
      cell: ({ recordedAt }) => <Moment at={recordedAt} as="dateAndTime" />,
    },
    { key: "who", label: t("who"), cell: ({ mine }) => t(mine ? "you" : "other") },
    {
      key: "what",
      label: t("what"),
      cell: ({ event }) => {
        const [noun, verb] = event.split(".") as ["settings", "changed"];
        return t(`events.${noun}_${verb}`);
      },
    },
    {
      key: "about",
      label: t("about"),
      secondary: true,
      cell: ({ clinicName, fields: names }) =>
        clinicName ?? (names.map((name) => fields(name as "sites")).join(", ") || "–"),
    },
  ];
  return (
    <Section title={t("title")} lead={t("lead")}>
      {page.isError ? (
        <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
          {say(page.error).message}
        </ErrorPanel>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={page.data?.events}
          rowKey={({ id }) => id}
          paging={pages.paging(page.data?.events, page.data?.next)}
          empty={<EmptyState title={t("none")}>{t("noneText")}</EmptyState>}
        />
      )}
    </Section>
  );
}
