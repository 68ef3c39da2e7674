"use client";

import { Button } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { LiveRestriction } from "#server/privacy/list-live-restrictions.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { EndRestriction } from "../_privacy/end-restriction.tsx";

const most = 50;

/** Every restriction that holds, and the way to end one when its patient takes it back. */
export function Restrictions() {
  const t = useTranslations("privacy.restrictions");
  const words = useTranslations("privacy");
  const roles = useTranslations("workspace.roles");
  const trpc = useTRPC();
  const say = useErrorText();
  const pages = usePages(most);
  const [ending, setEnding] = useState<LiveRestriction>();
  const page = useQuery({
    ...trpc.privacy.liveRestrictions.queryOptions({ before: pages.last, most, refresh: true }),
    placeholderData: keepPreviousData,
  });
  const columns: Column<LiveRestriction>[] = [
    {
      key: "patient",
      label: t("patient"),
      cell: ({ patientName }) => <strong>{patientName ?? t("closedToYou")}</strong>,
    },
    {
      key: "to",
      label: t("to"),
      cell: ({ userName, role }) => (role ? t("everyRole", { role: roles(role) }) : (userName ?? t("formerMember"))),
    },
    {
      key: "what",
      label: t("what"),
      secondary: true,
      cell: ({ category }) => words(`categories.${category}`),
    },
    {
      key: "signed",
      label: t("signed"),
      secondary: true,
      cell: ({ signedOn, signerName }) => (signerName ? t("signedBy", { date: signedOn, who: signerName }) : signedOn),
    },
    {
      key: "acts",
      label: t("acts"),
      align: "end",
      cell: (row) =>
        row.namesReader ? (
          t("notYours")
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setEnding(row)}>
            {t("end")}
          </Button>
        ),
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
            <EmptyState icon={<IconEyeOff />} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          }
        />
      )}
      {ending && (
        <EndRestriction
          restriction={ending}
          onClose={() => setEnding(undefined)}
          onEnded={() => {
            setEnding(undefined);
            void page.refetch();
          }}
        />
      )}
    </Section>
  );
}
