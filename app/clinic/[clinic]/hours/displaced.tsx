"use client";

import { IconCalendarCheck } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { DisplacedVisit } from "#server/schedule/displaced/list-displaced.ts";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { wallClock } from "../_schedule/wall-time.ts";
import classes from "./hours.module.css";

const most = 50;

/** Visits to come that no longer fit, with why: somebody calls, and finds another time. */
export function Displaced({ resources }: { resources: readonly ResourceRecord[] }) {
  const t = useTranslations("hours.displaced");
  const language = languageOf(useLocale());
  const say = useErrorText();
  const trpc = useTRPC();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.schedule.displaced.queryOptions({ after: pages.last, most, refresh: true }),
    placeholderData: keepPreviousData,
  });
  const { clinic } = useParams<{ clinic: string }>();
  const names = new Map(resources.map(({ id, name }) => [id, name]));
  const columns: Column<DisplacedVisit>[] = [
    {
      key: "when",
      label: t("when"),
      cell: ({ startsAt, timeZone }) => <strong>{sayWhen(startsAt, timeZone, language, "short")}</strong>,
    },
    { key: "people", label: t("people"), cell: ({ people }) => people.map(({ name }) => name).join(", ") || "–" },
    { key: "service", label: t("service"), secondary: true, cell: ({ serviceName }) => serviceName },
    { key: "who", label: t("who"), secondary: true, cell: ({ resourceId }) => names.get(resourceId) ?? "" },
    {
      key: "why",
      label: t("why"),
      cell: ({ why }) => (
        <span className={classes.reasons}>
          {why.map((reason) => (
            <Chip key={reason} tone="attention">
              {t(`reasons.${reason}`)}
            </Chip>
          ))}
        </span>
      ),
    },
  ];
  if (page.isError)
    return (
      <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
        {say(page.error).message}
      </ErrorPanel>
    );
  return (
    <>
      <p className={classes.lead}>{t("lead")}</p>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={page.data?.rows}
        rowKey={({ id }) => id}
        // The view is said, so that the filters somebody keeps do not hide the visit.
        href={({ id, startsAt, timeZone }) =>
          `/clinic/${clinic}/agenda?view=day&date=${wallClock(timeZone)(startsAt).day}&open=${id}`
        }
        paging={pages.paging(page.data?.rows, page.data?.after)}
        empty={
          <EmptyState icon={<IconCalendarCheck />} title={t("emptyTitle")}>
            {t("emptyText")}
          </EmptyState>
        }
      />
    </>
  );
}
