"use client";

import { Button, Checkbox, Drawer, SegmentedControl, Select } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReferralLine } from "#server/referral/list-referrals.ts";
import { type ReferralView, referralViews } from "#server/referral/schema.ts";
import { SayWhy } from "../../../_ground/say-why.tsx";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { RequestChip } from "../patients/[patient]/_letters/letter-chip.tsx";
import { RequestActs } from "../patients/[patient]/_letters/request-acts.tsx";
import { RequestSteps } from "../patients/[patient]/_letters/request-steps.tsx";
import { SendActs } from "../patients/[patient]/_letters/send-acts.tsx";
import classes from "./referrals.module.css";

const most = 50;

/** Who waits for whom: the soonest expected first, the late ones alone in one gesture. */
export function Referrals({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("letters");
  const say = useErrorText();
  const trpc = useTRPC();
  const [view, setView] = useState<ReferralView>("open");
  const [mine, setMine] = useState(false);
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.referral.list.queryOptions({ view, mine, after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const [openId, setOpenId] = useState<string>();
  const open = page.data?.rows.find(({ id }) => id === openId);
  const columns = useColumns();
  const views = referralViews.map((value) => ({ value, label: t(`views.${value}`) }));
  const look = (next: ReferralView) => {
    setView(next);
    pages.restart();
  };

  return (
    <>
      <PageHead title={t("worklist")} context={<span>{t("worklistLead")}</span>} />
      <PageBody>
        <div className={classes.filters}>
          <SegmentedControl
            visibleFrom="sm"
            className={classes.views}
            aria-label={t("which")}
            data={views}
            value={view}
            onChange={(next) => look(next as ReferralView)}
          />
          <Select
            hiddenFrom="sm"
            aria-label={t("which")}
            data={views}
            value={view}
            onChange={(next) => next && look(next as ReferralView)}
            allowDeselect={false}
          />
          <Checkbox
            label={t("mineOnly")}
            checked={mine}
            onChange={(event) => {
              setMine(event.currentTarget.checked);
              pages.restart();
            }}
          />
        </div>
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("worklist")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            onOpen={({ id }) => setOpenId(id)}
            selected={openId}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconSend2 size={24} />} title={t(`noneIn.${view}`)}>
                {t("noneInText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open && <Opened key={open.id} row={open} mayWrite={mayWrite} onClose={() => setOpenId(undefined)} />}
    </>
  );
}

function Opened({ row, mayWrite, onClose }: { row: ReferralLine; mayWrite: boolean; onClose: () => void }) {
  const t = useTranslations("letters");
  const common = useTranslations("common");
  const { clinic } = useParams<{ clinic: string }>();
  useFocusBack();
  const { patientId, patientName, specialty, recipient, subject, documentId, status, letterId } = row;
  const chart = `/clinic/${clinic}/patients/${patientId}`;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={patientName}
      position="right"
      size={480}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={classes.opened}>
        <p className={classes.what}>
          <strong>{specialty || t("kinds.referral")}</strong>
          <span className={classes.under}>{[subject, recipient].filter(Boolean).join(" · ")}</span>
        </p>
        {row.withheld && <SayWhy patientId={patientId} name={patientName} />}
        <RequestSteps request={row} patientId={patientId} />
        {mayWrite && (
          <div className={classes.acts}>
            <RequestActs key={row.version} request={row} patientId={patientId} />
          </div>
        )}
        <div className={classes.acts}>
          {documentId && (
            <SendActs documentId={documentId} patientId={patientId} correspondentId={row.correspondentId} />
          )}
          <Button
            component={Link}
            href={`${chart}/lettres/${letterId}`}
            prefetch={false}
            variant="default"
            size="compact-sm"
          >
            {t(status === "draft" && mayWrite ? "goOn" : "read")}
          </Button>
          <Button component={Link} href={chart} prefetch={false} variant="subtle" size="compact-sm">
            {t("openChart")}
          </Button>
        </div>
      </div>
    </Drawer>
  );
}

function useColumns(): Column<ReferralLine>[] {
  const t = useTranslations("letters");
  return [
    {
      key: "who",
      label: t("patient"),
      cell: ({ patientName, author }) => (
        <>
          <strong>{patientName}</strong>
          <span className={classes.under}>{author}</span>
        </>
      ),
      beneath: ({ withheld, patientId, patientName }) =>
        withheld && <SayWhy patientId={patientId} name={patientName} />,
    },
    {
      key: "what",
      label: t("specialty"),
      cell: ({ specialty, recipient }) => (
        <>
          {specialty || t("notSaid")}
          <span className={classes.under}>{recipient}</span>
        </>
      ),
    },
    {
      key: "priority",
      label: t("priority"),
      secondary: true,
      cell: ({ priority }) => (priority ? `${priority.toUpperCase()} · ${t(`delays.${priority as "a"}`)}` : ""),
    },
    { key: "state", label: t("state"), cell: (row) => <RequestChip request={row} /> },
    {
      key: "expected",
      label: t("expected"),
      secondary: true,
      cell: ({ expectedOn }) => <span className="cv-nowrap">{expectedOn}</span>,
    },
  ];
}
