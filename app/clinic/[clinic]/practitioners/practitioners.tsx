"use client";

import { Button } from "@mantine/core";
import { IconPlus, IconStethoscope } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PractitionerRecord } from "#server/practitioner/record.ts";
import type { ProfessionCode } from "#server/practitioner/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { PractitionerForm } from "./practitioner-form.tsx";

const most = 50;

/** The list of practitioners, a page at a time, and the open one beside it. */
export function Practitioners({ mayManage }: { mayManage: boolean }) {
  const t = useTranslations("practitioners");
  const words = useTranslations("vocabulary.professions");
  const say = useErrorText();
  const trpc = useTRPC();
  // The last id of each page that was turned: the way back.
  const [turned, setTurned] = useState<string[]>([]);
  const page = useQuery({
    ...trpc.practitioner.list.queryOptions({ after: turned.at(-1), most }),
    placeholderData: keepPreviousData,
  });
  const [open, setOpen] = useState<PractitionerRecord | "new">();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );

  const columns: Column<PractitionerRecord>[] = [
    {
      key: "name",
      label: t("name"),
      cell: ({ prefix, givenName, familyName }) => (
        <strong>{[prefix, givenName, familyName].filter(Boolean).join("\u00a0")}</strong>
      ),
    },
    { key: "profession", label: t("profession"), cell: ({ profession }) => words(profession as ProfessionCode) },
    { key: "permit", label: t("permit"), secondary: true, cell: ({ permitNumber }) => permitNumber || "–" },
    { key: "order", label: t("order"), secondary: true, cell: ({ professionalOrder }) => professionalOrder || "–" },
    {
      key: "status",
      label: t("status"),
      cell: ({ status }) => (
        <Chip tone={status === "active" ? "good" : "neutral"}>{t(`statuses.${status as "active"}`)}</Chip>
      ),
    },
  ];
  const next = page.data?.after;

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayManage && add}
      </PageHead>
      <PageBody>
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
            paging={{
              from: turned.length * most + 1,
              to: turned.length * most + (page.data?.rows.length ?? 0),
              onPrevious: turned.length > 0 ? () => setTurned((before) => before.slice(0, -1)) : undefined,
              onNext: next ? () => setTurned((before) => [...before, next]) : undefined,
            }}
            empty={
              <EmptyState icon={<IconStethoscope />} title={t("emptyTitle")} action={mayManage && add}>
                {t("emptyText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open && (
        <PractitionerForm
          key={open === "new" ? "new" : open.id}
          practitioner={open === "new" ? undefined : open}
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
