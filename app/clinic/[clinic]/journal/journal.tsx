"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload, IconReportSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { EventPane } from "./event-pane.tsx";
import classes from "./journal.module.css";
import { JournalFilters } from "./journal-filters.tsx";
import { type JournalAddress, useJournalAddress } from "./use-journal-address.ts";
import { useJournalColumns } from "./use-journal-columns.tsx";

const PAGE = 50;

type JournalProps = { slug: string; timeZone: string; mayReadAll: boolean; mayExport: boolean };

/** The journal: filters, the list, and the open line beside it. */
export function Journal({ slug, timeZone, mayReadAll, mayExport }: JournalProps) {
  const t = useTranslations("journal");
  const { address, change } = useJournalAddress(mayReadAll);
  // The last line of each page that was turned: the way back.
  const [turned, setTurned] = useState<string[]>([]);
  const columns = useJournalColumns({ timeZone, mine: address.mine });
  const page = usePage(address, turned.at(-1));
  const open = page.data?.events.find(({ id }) => id === address.open);

  const go = (next: Partial<JournalAddress>) => {
    setTurned([]);
    change({ ...address, open: null, ...next });
  };
  const next = page.data?.next;

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayReadAll && (
          <SegmentedControl
            size="sm"
            aria-label={t("whose")}
            value={address.mine ? "mine" : "clinic"}
            onChange={(value) => go({ mine: value === "mine", filter: { ...address.filter, agentId: undefined } })}
            data={[
              { value: "clinic", label: t("clinic") },
              { value: "mine", label: t("mine") },
            ]}
          />
        )}
        {mayExport && (
          <Button
            component="a"
            href={`/api/clinic/${slug}/journal.csv?${exportQuery(address)}`}
            download
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t("export")}
          </Button>
        )}
      </PageHead>
      <PageBody>
        <JournalFilters address={address} onChange={go} />
        <div className={classes.panes} data-open={open ? true : undefined}>
          <div className={classes.list}>
            {page.isError ? (
              <Failure error={page.error} onRetry={() => void page.refetch()} />
            ) : (
              <DataTable
                label={address.mine ? t("mine") : t("clinic")}
                columns={columns}
                rows={page.data && [...page.data.events]}
                rowKey={({ id }) => id}
                onOpen={({ id }) => change({ ...address, open: id })}
                selected={address.open ?? undefined}
                paging={{
                  from: turned.length * PAGE + 1,
                  to: turned.length * PAGE + (page.data?.events.length ?? 0),
                  onPrevious: turned.length > 0 ? () => setTurned(turned.slice(0, -1)) : undefined,
                  onNext: next ? () => setTurned([...turned, next]) : undefined,
                }}
                empty={
                  <EmptyState icon={<IconReportSearch size={24} />} title={t("emptyTitle")}>
                    {t("emptyText")}
                  </EmptyState>
                }
              />
            )}
          </div>
          {open && (
            <EventPane
              event={open}
              timeZone={timeZone}
              onClose={() => change({ ...address, open: null })}
              onPatient={mayReadAll ? (patientId) => go({ mine: false, filter: { patientId } }) : undefined}
            />
          )}
        </div>
      </PageBody>
    </>
  );
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { message, requestId } = useErrorText()(error);
  return (
    <ErrorPanel requestId={requestId} onRetry={onRetry}>
      {message}
    </ErrorPanel>
  );
}

function usePage({ filter, mine }: JournalAddress, before: string | undefined) {
  const trpc = useTRPC();
  const input = { ...filter, before, limit: PAGE };
  const all = useQuery(trpc.audit.list.queryOptions(input, { enabled: !mine, placeholderData: keepPreviousData }));
  const { agentId: _everyone, ...own } = input;
  const mineOnly = useQuery(trpc.audit.listOwn.queryOptions(own, { enabled: mine, placeholderData: keepPreviousData }));
  return mine ? mineOnly : all;
}

function exportQuery({ filter }: JournalAddress): string {
  return new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
}
