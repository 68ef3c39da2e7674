"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconCheck, IconFlag, IconUrgent, IconZoomQuestion } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ReviewLine } from "#server/privacy/list-to-review.ts";
import type { ListToReviewInput } from "#server/privacy/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import classes from "../_privacy/openings.module.css";
import { Touched } from "../_privacy/touched.tsx";
import { patientHref } from "../patients/patient-href.ts";
import { ReviewForm } from "./review-form.tsx";

const most = 25;
const shows = ["waiting", "flagged", "all"] as const satisfies readonly ListToReviewInput["show"][];

/** What was opened in an emergency or for a reason of one's own, until somebody has looked at it again. */
export function ReviewQueue({ timeZone }: { timeZone: string }) {
  const t = useTranslations("privacy.review");
  const { clinic } = useParams<{ clinic: string }>();
  const names = useTranslations("privacy.openings");
  const trpc = useTRPC();
  const say = useErrorText();
  const format = useFormatter();
  const pages = usePages(most);
  const [show, setShow] = useState<ListToReviewInput["show"]>("waiting");
  const [looking, setLooking] = useState<ReviewLine>();
  const page = useQuery({
    ...trpc.privacy.toReview.queryOptions({ show, before: pages.last, most, refresh: true }),
    placeholderData: keepPreviousData,
  });
  const columns: Column<ReviewLine>[] = [
    {
      key: "who",
      label: t("who"),
      cell: ({ userName, at, kind, expiresAt }) => (
        <>
          <strong>{userName ?? names("unnamed")}</strong>
          <span className={classes.under}>
            <Moment at={at} as="dateAndTime" timeZone={timeZone} />
          </span>
          <Chip tone={kind === "glass" ? "danger" : "attention"} icon={kind === "glass" ? <IconUrgent /> : undefined}>
            {t(kind)}
          </Chip>
          {kind === "glass" && (
            <span className={classes.under}>
              {t("until", { time: format.dateTime(expiresAt, "time", { timeZone }) })}
            </span>
          )}
        </>
      ),
    },
    {
      key: "patient",
      label: t("patient"),
      cell: ({ patientId, patientName }) =>
        patientName ? <Link href={patientHref(clinic, patientId)}>{patientName}</Link> : names("unnamed"),
    },
    {
      key: "words",
      label: t("words"),
      cell: ({ words, madeOf }) => <span className={classes.words}>{madeOf ? t(`madeOf.${madeOf}`) : words}</span>,
    },
    {
      key: "read",
      label: t("read"),
      secondary: true,
      cell: ({ read, wrote }) => <Touched read={read} wrote={wrote} />,
    },
    {
      key: "acts",
      label: t("acts"),
      align: "end",
      cell: (row) => (
        <>
          {row.review && (
            <>
              <Chip
                tone={row.review.flagged ? "attention" : "good"}
                icon={row.review.flagged ? <IconFlag /> : <IconCheck />}
              >
                {t(row.review.flagged ? "flag" : "fine")}
              </Chip>
              <span className={classes.under}>
                {t("by", {
                  who: row.review.by ?? names("unnamed"),
                  date: format.dateTime(row.review.at, "date", { timeZone }),
                })}
              </span>
              {row.review.comment && <span className={classes.words}>{row.review.comment}</span>}
            </>
          )}
          {row.own && <span className={classes.under}>{t("own")}</span>}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t(row.review ? "again" : "look")} : ${row.userName ?? ""}`}
            onClick={() => setLooking(row)}
          >
            {t(row.review ? "again" : "look")}
          </Button>
        </>
      ),
    },
  ];
  return (
    <Section
      title={t("title")}
      count={page.data?.waiting || undefined}
      lead={t("lead")}
      action={
        <SegmentedControl
          size="xs"
          aria-label={t("show")}
          value={show}
          onChange={(value) => {
            pages.restart();
            setShow(value as ListToReviewInput["show"]);
          }}
          data={shows.map((value) => ({ value, label: t(value) }))}
        />
      }
    >
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
            <EmptyState icon={<IconZoomQuestion />} title={t(show === "flagged" ? "noneFlagged" : "none")}>
              {t(show === "flagged" ? "noneFlaggedText" : "noneText")}
            </EmptyState>
          }
        />
      )}
      {looking && (
        <ReviewForm
          opening={looking}
          onClose={() => setLooking(undefined)}
          onSaved={() => {
            setLooking(undefined);
            void page.refetch();
          }}
        />
      )}
    </Section>
  );
}
