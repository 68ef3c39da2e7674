"use client";

import { Button, Select } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { todayIn } from "#server/patient/today.ts";
import type { DeskReferral } from "#server/referral/list-desk-referrals.ts";
import { type DeskReferralView, deskReferralViews } from "#server/referral/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { Pager } from "../../../_ui/data-table/pager.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { sayNumber } from "../_record/say-number.ts";
import { RequestChip } from "../patients/[patient]/_letters/letter-chip.tsx";
import { RequestStep } from "../patients/[patient]/_letters/request-step.tsx";
import classes from "./referrals.module.css";

const most = 50;

/** What the front desk sends and books, the soonest expected first: to whom and by when, and no word of why. */
export function DeskReferrals({ timeZone }: { timeZone: string }) {
  const t = useTranslations("letters");
  const say = useErrorText();
  const trpc = useTRPC();
  const [view, setView] = useState<DeskReferralView>("to-send");
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.referral.desk.queryOptions({ view, after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t("worklist")} context={<span>{t("deskLead")}</span>} />
      <PageBody>
        <div className={classes.filters}>
          <Select
            aria-label={t("which")}
            data={deskReferralViews.map((value) => ({ value, label: t(`views.${value}`) }))}
            value={view}
            onChange={(next) => {
              if (!next) return;
              setView(next as DeskReferralView);
              pages.restart();
            }}
            allowDeselect={false}
          />
        </div>
        {page.isError && (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        )}
        {page.isPending && <SkeletonRows rows={6} />}
        {page.data?.rows.length === 0 && (
          <EmptyState icon={<IconSend2 size={24} />} title={t(`noneIn.${view}`)}>
            {t("deskNone")}
          </EmptyState>
        )}
        <ul className={classes.desk} aria-label={t("worklist")}>
          {page.data?.rows.map((row) => (
            <DeskRow
              key={`${row.id} ${row.version}`}
              row={row}
              today={todayIn(timeZone)}
              onDone={() => page.refetch()}
            />
          ))}
        </ul>
        <Pager label={t("worklist")} {...pages.paging(page.data?.rows, page.data?.after)} />
      </PageBody>
    </>
  );
}

interface DeskRowProps {
  row: DeskReferral;
  today: string;
  onDone: () => Promise<unknown>;
}

function DeskRow({ row, today, onDone }: DeskRowProps) {
  const t = useTranslations("letters");
  const { clinic } = useParams<{ clinic: string }>();
  const [act, setAct] = useState<"sent" | "booked">();
  const { patientId, patientName, fileNumber, patientPhone, recipient, specialty, priority, fax, phone, status } = row;
  const next = ({ signed: "sent", sent: "booked" } as const)[status as "signed"];
  return (
    <li className={classes.row} data-request={row.id}>
      <div>
        <Link href={`/clinic/${clinic}/patients/${patientId}`} prefetch={false}>
          <strong>{patientName}</strong>
        </Link>
        <span className={classes.under}>{[fileNumber, sayNumber(patientPhone)].filter(Boolean).join(" · ")}</span>
      </div>
      <div>
        {recipient}
        <span className={classes.under}>
          {[specialty, fax && t("faxAt", { number: sayNumber(fax) }), sayNumber(phone)].filter(Boolean).join(" · ")}
        </span>
      </div>
      <div>
        {(priority === "a" || priority === "b") && <Chip tone="attention">{t("urgent")}</Chip>}{" "}
        <RequestChip request={row} />
        <span className={classes.under}>
          {status === "booked"
            ? `${t("days.booked")} ${row.statusOn}`
            : row.expectedOn && `${t("expectedThen")} ${row.expectedOn}`}
        </span>
      </div>
      <div className={classes.acts}>
        {next && !act && (
          <Button size="compact-sm" onClick={() => setAct(next)}>
            {t(`acts.${next}`)}
          </Button>
        )}
        {act && (
          <RequestStep
            act={act}
            request={row}
            patientId={patientId}
            today={today}
            onClose={() => setAct(undefined)}
            // Written, the row is another, under its new version; refused, what was typed stays.
            onSettled={(isDone) => (isDone ? onDone() : undefined)}
          />
        )}
      </div>
    </li>
  );
}
