"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconSend } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RegisterLine } from "#server/communication/record.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../../_ui/data-table/use-pages.ts";
import { DayInput } from "../../../../_ui/day-input/day-input.tsx";
import { EmptyState } from "../../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../../_ui/link-button/link-button.tsx";
import { Moment } from "../../../../_ui/moment/moment.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import classes from "../../_sending/sending.module.css";

const most = 50;

/** What left the clinic, searched by day, patient and recipient, and taken away as a file under the same search. */
export function Register({ slug, timeZone }: { slug: string; timeZone: string }) {
  const t = useTranslations("sending");
  const trpc = useTRPC();
  const say = useErrorText();
  const pages = usePages(most);
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [withPatient, setWithPatient] = useState(false);
  const [patient, setPatient] = useState<{ id: string; name: string }>();
  const [recipient] = useDebouncedValue(typed.trim(), 200);
  const filter = {
    ...(from && { from }),
    ...(until && { until }),
    ...(patient && { patientId: patient.id }),
    recipient,
    withPatient,
  };
  const page = useQuery({
    ...trpc.communication.register.queryOptions({ ...filter, after: pages.last, most, refresh: true }),
    placeholderData: keepPreviousData,
  });
  /** Another search begins at its first page. */
  const search = (change: () => void) => {
    change();
    pages.restart();
  };
  const query = new URLSearchParams(
    Object.entries(filter)
      .filter(([, value]) => value !== "" && value !== false)
      .map(([name, value]) => [name, String(value)]),
  );
  const columns: Column<RegisterLine>[] = [
    {
      key: "to",
      label: t("register.recipient"),
      cell: (row) => (
        <>
          <strong>{row.recipientName}</strong>
          {row.refused && <Chip tone="attention">{t("register.despite")}</Chip>}
          <br />
          <span className={classes.quiet}>
            <Moment at={row.occurredAt} as="dateAndTime" timeZone={timeZone} />
          </span>
        </>
      ),
    },
    {
      key: "patient",
      label: t("register.patient"),
      cell: ({ patientId, patientName, fileNumber }) =>
        patientName === "" ? (
          t("register.closed")
        ) : (
          <>
            <Button
              variant="transparent"
              size="compact-sm"
              px={0}
              onClick={() => search(() => setPatient({ id: patientId, name: patientName }))}
            >
              {patientName}
            </Button>
            <br />
            <span className={classes.quiet}>{fileNumber}</span>
          </>
        ),
    },
    { key: "nature", label: t("register.nature"), cell: ({ nature }) => nature },
    {
      key: "why",
      label: t("register.purpose"),
      cell: ({ purpose, ground, justification }) => (
        <>
          {t(`send.purposes.${purpose}`)}
          <br />
          <span className={classes.quiet}>
            {[t(`send.grounds.${ground}`), justification].filter(Boolean).join(" · ")}
          </span>
        </>
      ),
    },
    {
      key: "channel",
      label: t("register.channel"),
      secondary: true,
      cell: ({ channel }) => t(`send.channels.${channel}`),
    },
    { key: "by", label: t("register.by"), secondary: true, cell: ({ by }) => by },
  ];
  const isFiltered = from || until || recipient || withPatient || patient;
  return (
    <>
      <PageHead title={t("register.title")} context={<span>{t("register.lead")}</span>}>
        <LinkButton href={`/clinic/${slug}/privacy`} variant="default">
          {t("register.back")}
        </LinkButton>
        <Button
          component="a"
          href={`/api/clinic/${slug}/communications.csv?${query}`}
          download
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {t("register.export")}
        </Button>
      </PageHead>
      <PageBody>
        {/* biome-ignore lint/a11y/useSemanticElements: React knows no element « search » here. */}
        <div className={classes.filters} role="search">
          <DayInput label={t("register.from")} value={from} onChange={(day) => search(() => setFrom(day))} />
          <DayInput label={t("register.until")} value={until} onChange={(day) => search(() => setUntil(day))} />
          <TextInput
            label={t("register.recipient")}
            value={typed}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => {
              const next = event.currentTarget.value;
              search(() => setTyped(next));
            }}
          />
          <Checkbox
            label={t("register.withPatient")}
            checked={withPatient}
            onChange={(event) => {
              const next = event.currentTarget.checked;
              search(() => setWithPatient(next));
            }}
          />
          {isFiltered && (
            <Button
              variant="subtle"
              onClick={() =>
                search(() => {
                  setFrom(null);
                  setUntil(null);
                  setTyped("");
                  setWithPatient(false);
                  setPatient(undefined);
                })
              }
            >
              {patient ? `${patient.name} · ${t("register.clear")}` : t("register.clear")}
            </Button>
          )}
        </div>
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("register.title")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconSend />} title={t("register.none")}>
                {t("register.noneText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
    </>
  );
}
