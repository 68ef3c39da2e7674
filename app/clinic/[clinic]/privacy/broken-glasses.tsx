"use client";

import { IconUrgent } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { BrokenGlassView } from "#server/privacy/list-broken-glasses.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { Section } from "../../../_ui/section/section.tsx";

const most = 50;

/** Every time that a restriction was passed in an emergency: who, whom, when and why. */
export function BrokenGlasses({ timeZone }: { timeZone: string }) {
  const t = useTranslations("privacy.glasses");
  const trpc = useTRPC();
  const say = useErrorText();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.privacy.brokenGlasses.queryOptions({ before: pages.last, most, refresh: true }),
    placeholderData: keepPreviousData,
  });
  const columns: Column<BrokenGlassView>[] = [
    {
      key: "who",
      label: t("who"),
      cell: ({ userName, createdAt }) => (
        <>
          <strong>{userName ?? t("unnamed")}</strong>
          <br />
          <Moment at={createdAt} as="dateAndTime" timeZone={timeZone} />
        </>
      ),
    },
    { key: "patient", label: t("patient"), cell: ({ patientName }) => patientName ?? t("unnamed") },
    { key: "reason", label: t("reason"), cell: ({ reason }) => reason },
    {
      key: "until",
      label: t("until"),
      secondary: true,
      cell: ({ expiresAt }) => <Moment at={expiresAt} as="time" timeZone={timeZone} />,
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
          rows={page.data?.rows}
          rowKey={({ id }) => id}
          paging={pages.paging(page.data?.rows, page.data?.next)}
          empty={
            <EmptyState icon={<IconUrgent />} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          }
        />
      )}
    </Section>
  );
}
