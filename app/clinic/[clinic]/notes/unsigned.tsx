"use client";

import { SegmentedControl } from "@mantine/core";
import { IconChecks, IconClockExclamation } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { UnsignedNote } from "#server/note/list-unsigned.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { VisitMark } from "../patients/[patient]/_note/visit-mark.tsx";
import classes from "./unsigned.module.css";

const most = 30;

/** The worklist: the oldest care first, one click from the note. */
export function Unsigned({ slug }: { slug: string }) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const trpc = useTRPC();
  const [which, setWhich] = useState<"mine" | "cosign">("mine");
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.note.unsigned.queryOptions({ which, after: pages.last, most }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const columns = useColumns();
  const { mine = 0, cosign = 0 } = page.data ?? {};
  const href = ({ id, patientId, appointmentId }: UnsignedNote) =>
    `/clinic/${slug}/patients/${patientId}?${appointmentId ? `visite=${appointmentId}&` : ""}note=${id}`;
  return (
    <>
      <PageHead title={t("unsignedTitle")} context={<span>{t("unsignedLead")}</span>} />
      <PageBody>
        <SegmentedControl
          className={classes.which}
          aria-label={t("unsignedWhich")}
          data={[
            { value: "mine", label: t("unsignedOwn", { count: mine }) },
            { value: "cosign", label: t("unsignedCosign", { count: cosign }) },
          ]}
          value={which}
          onChange={(next) => {
            setWhich(next as typeof which);
            pages.restart();
          }}
        />
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("unsignedTitle")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            href={href}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconChecks size={24} />} title={t("allSigned")}>
                {t("allSignedText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
    </>
  );
}

function useColumns(): Column<UnsignedNote>[] {
  const t = useTranslations("notes");
  return [
    {
      key: "patient",
      label: t("patient"),
      cell: ({ patient, birthDate }) => (
        <>
          <strong>{patient}</strong>
          {birthDate && <span className={classes.under}>{birthDate}</span>}
        </>
      ),
    },
    {
      key: "care",
      label: t("care"),
      cell: ({ occurredAt, visitAt, late }) => (
        <span className={classes.care}>
          <Moment at={occurredAt} as="dateAndTime" ago />
          <VisitMark visitAt={visitAt} occurredAt={occurredAt} />
          {late && (
            <Chip tone="attention" icon={<IconClockExclamation size={14} />}>
              {t("late")}
            </Chip>
          )}
        </span>
      ),
    },
    {
      key: "what",
      label: t("what"),
      cell: ({ title, reason, relation }) => (
        <>
          {reason || title}
          {relation && <span className={classes.under}>{t(`${relation}Title`)}</span>}
        </>
      ),
    },
    { key: "author", label: t("author"), secondary: true, cell: ({ author }) => author },
    {
      key: "saved",
      label: t("savedOn"),
      secondary: true,
      cell: ({ savedAt }) => savedAt && <Moment at={savedAt} as="dateAndTime" />,
    },
  ];
}
