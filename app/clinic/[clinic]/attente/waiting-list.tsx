"use client";

import { Button } from "@mantine/core";
import { IconAdjustments, IconCalendarCheck, IconHourglass, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { EntryRecord } from "#server/waitlist/list-entries.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useLive } from "../_schedule/use-live.ts";
import { EntryForm } from "./entry-form.tsx";
import { FreedCard } from "./freed-card.tsx";
import { RuleDrawer } from "./rule-drawer.tsx";
import { useEntryColumns } from "./use-entry-columns.tsx";
import classes from "./waitlist.module.css";

const most = 50;

/** What can be offered now, above; who waits and for what, below. */
export function WaitingList({ mayWrite, maySetRule }: { mayWrite: boolean; maySetRule: boolean }) {
  const t = useTranslations("waitlist");
  const say = useErrorText();
  const trpc = useTRPC();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.waitlist.list.queryOptions({ after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const freed = useQuery(trpc.waitlist.freed.queryOptions());
  const rule = useQuery(trpc.waitlist.rule.queryOptions());
  const columns = useEntryColumns();
  const [open, setOpen] = useState<EntryRecord | "new">();
  const [ruling, setRuling] = useState(false);
  const refetch = () => void Promise.all([page.refetch(), freed.refetch(), rule.refetch()]);
  // An offer that somebody accepts, a time that comes free: both are changes of the schedule.
  useLive(refetch);
  const failed = [page, freed, rule].find((one) => one.isError);
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );

  return (
    <>
      <PageHead title={t("title")} context={rule.data && <span>{t(`ruleSaid.${rule.data.rule}`)}</span>}>
        {maySetRule && (
          <Button
            variant="default"
            leftSection={<IconAdjustments size={18} aria-hidden />}
            onClick={() => setRuling(true)}
            disabled={!rule.data}
          >
            {t("rule")}
          </Button>
        )}
        {mayWrite && add}
      </PageHead>
      <PageBody>
        {failed ? (
          <ErrorPanel requestId={say(failed.error).requestId} onRetry={refetch}>
            {say(failed.error).message}
          </ErrorPanel>
        ) : (
          <>
            <Section
              title={t("freed")}
              count={freed.data?.length}
              lead={rule.data && t(rule.data.automatic ? "freedAutomatic" : "freedByHand")}
            >
              {freed.data?.length === 0 && (
                <EmptyState icon={<IconCalendarCheck />} title={t("freedNone")}>
                  {t("freedNoneText")}
                </EmptyState>
              )}
              <ul className={classes.freed}>
                {freed.data?.map((time) => (
                  <FreedCard
                    // Who would take it changes who is chosen at first.
                    key={`${time.id} ${time.candidates.map(({ entryId }) => entryId).join()}`}
                    time={time}
                    batch={rule.data?.batch ?? 1}
                    mayOffer={mayWrite}
                    onChanged={refetch}
                  />
                ))}
              </ul>
            </Section>
            <Section title={t("waiting")}>
              <DataTable
                label={t("waiting")}
                columns={columns}
                rows={page.data?.rows}
                rowKey={({ id }) => id}
                onOpen={mayWrite ? setOpen : undefined}
                paging={pages.paging(page.data?.rows, page.data?.after)}
                empty={
                  <EmptyState icon={<IconHourglass />} title={t("emptyTitle")} action={mayWrite && add}>
                    {t("emptyText")}
                  </EmptyState>
                }
              />
            </Section>
          </>
        )}
      </PageBody>
      {open && (
        <EntryForm
          key={open === "new" ? "new" : open.id}
          entry={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            refetch();
          }}
        />
      )}
      {ruling && rule.data && (
        <RuleDrawer
          rule={rule.data}
          onClose={() => setRuling(false)}
          onSaved={() => {
            setRuling(false);
            refetch();
          }}
        />
      )}
    </>
  );
}
