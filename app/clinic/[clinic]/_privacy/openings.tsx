"use client";

import { Button, Select } from "@mantine/core";
import { IconDownload, IconEye, IconPrinter, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type OpeningFilter, openingGrounds } from "#server/privacy/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PatientField } from "../_record/patient-field.tsx";
import classes from "./openings.module.css";
import { useOpeningColumns } from "./use-opening-columns.tsx";

interface OpeningsProps {
  slug: string;
  timeZone: string;
  label: string;
  /** The openings of one chart; absent for the whole clinic's. */
  patientId?: string;
}

const most = 25;

/** Who opened whose chart, filtered; one of a person's name or a patient's turns the question around. */
export function Openings({ slug, timeZone, label, patientId }: OpeningsProps) {
  const t = useTranslations("privacy.openings");
  const trpc = useTRPC();
  const say = useErrorText();
  const [filter, setFilter] = useState<OpeningFilter>(patientId ? { patientId } : {});
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.privacy.openings.queryOptions({ ...filter, before: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const agents = useQuery(trpc.audit.agents.queryOptions());
  const set = (changes: OpeningFilter) => {
    pages.restart();
    setFilter({ ...filter, ...changes });
  };
  const columns = useOpeningColumns({
    timeZone,
    ofOnePatient: patientId !== undefined,
    onPerson: (userId) => set({ userId }),
    onPatient: (one) => set({ patientId: one, userId: undefined }),
  });
  const narrowed = Object.entries(filter).some(([name, value]) => value && !(name === "patientId" && patientId));
  const asked = new URLSearchParams(Object.entries(filter).filter((one): one is [string, string] => Boolean(one[1])));

  return (
    <>
      <search className={classes.filters} aria-label={t("filters")}>
        <DayInput
          label={t("from")}
          value={filter.from ?? null}
          max={filter.to}
          onChange={(day) => set({ from: day ?? undefined })}
        />
        <DayInput
          label={t("to")}
          value={filter.to ?? null}
          min={filter.from}
          onChange={(day) => set({ to: day ?? undefined })}
        />
        {!patientId && !filter.patientId && (
          <PatientField
            id="opening-patient"
            label={t("patient")}
            value={null}
            error={undefined}
            onChange={(one) => set({ patientId: one ?? undefined })}
          />
        )}
        <Select
          label={t("person")}
          placeholder={t("anyone")}
          searchable
          clearable
          data={(agents.data ?? []).map(({ id, label: name }) => ({ value: id, label: name ?? id }))}
          value={filter.userId ?? null}
          onChange={(userId) => set({ userId: userId ?? undefined })}
        />
        <Select
          label={t("ground")}
          placeholder={t("any")}
          clearable
          data={openingGrounds.map((value) => ({ value, label: t(`grounds.${value}`) }))}
          value={filter.basis ?? null}
          onChange={(basis) => set({ basis: (basis as OpeningFilter["basis"]) ?? undefined })}
        />
        {!patientId && filter.patientId && (
          <Button
            variant="default"
            rightSection={<IconX size={16} aria-hidden />}
            onClick={() => set({ patientId: undefined })}
          >
            {t("onePatient")}
          </Button>
        )}
        {narrowed && (
          <Button
            variant="subtle"
            onClick={() => {
              pages.restart();
              setFilter(patientId ? { patientId } : {});
            }}
          >
            {t("clear")}
          </Button>
        )}
        <Button
          component="a"
          href={`/api/clinic/${slug}/openings.csv?${asked}`}
          download
          variant="default"
          className={classes.export}
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {t("export")}
        </Button>
        {filter.patientId && (
          <Button
            component="a"
            href={`/api/clinic/${slug}/openings.pdf?${asked}`}
            download
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
          >
            PDF
          </Button>
        )}
      </search>
      {page.isError ? (
        <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
          {say(page.error).message}
        </ErrorPanel>
      ) : (
        <DataTable
          label={label}
          columns={columns}
          rows={page.data?.rows}
          rowKey={({ id }) => id}
          paging={pages.paging(page.data?.rows, page.data?.next)}
          empty={
            <EmptyState icon={<IconEye />} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          }
        />
      )}
    </>
  );
}
