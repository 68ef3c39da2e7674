"use client";

import { Button } from "@mantine/core";
import { IconCalendarShare, IconPlus, IconSignature, IconStethoscope } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import type { PractitionerRecord } from "#server/practitioner/record.ts";
import type { ProfessionCode } from "#server/practitioner/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { CalendarsDrawer } from "./calendars-drawer.tsx";
import { PractitionerForm } from "./practitioner-form.tsx";
import { SignatureDrawer } from "./signature-drawer.tsx";

const most = 50;

interface PractitionersProps {
  mayManage: boolean;
  /** Everybody's agenda, and not one's own only. */
  mayShare: boolean;
  slug: string;
}

/** The list of practitioners, a page at a time, and the open one beside it. */
export function Practitioners({ mayManage, mayShare, slug }: PractitionersProps) {
  const t = useTranslations("practitioners");
  const calendars = useTranslations("calendars");
  const words = useTranslations("vocabulary.professions");
  const say = useErrorText();
  const trpc = useTRPC();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.practitioner.list.queryOptions({ after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const router = useRouter();
  const [open, setOpen] = useState<PractitionerRecord | "new">();
  const [signing, setSigning] = useState(false);
  const [sharing, setSharing] = useState(false);
  // The practitioner that the reader is, if any: their signature is theirs to change.
  const mine = useQuery(trpc.practitioner.mine.queryOptions());
  const refetch = () => void Promise.all([page.refetch(), mine.refetch()]);
  const shared = mayShare
    ? (page.data?.rows.filter(({ status }) => status === "active") ?? [])
    : mine.data?.status === "active"
      ? [mine.data]
      : [];
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );

  const columns: Column<PractitionerRecord>[] = [
    {
      key: "name",
      label: t("name"),
      cell: (practitioner) => <strong>{tiedPractitionerName(practitioner)}</strong>,
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

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {shared.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconCalendarShare size={18} aria-hidden />}
            onClick={() => setSharing(true)}
          >
            {calendars("open")}
          </Button>
        )}
        {mine.data && (
          <Button
            variant="default"
            leftSection={<IconSignature size={18} aria-hidden />}
            onClick={() => setSigning(true)}
          >
            {t("mySignature")}
          </Button>
        )}
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
            paging={pages.paging(page.data?.rows, page.data?.after)}
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
          slug={slug}
          mayBeMe={mine.data === null}
          onSigned={(signature) => {
            if (open === "new") return;
            setOpen({ ...open, ...signature });
            refetch();
          }}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            refetch();
            // A card opens rights: the places of the rail are drawn anew.
            router.refresh();
          }}
        />
      )}
      {sharing && <CalendarsDrawer practitioners={shared} onClose={() => setSharing(false)} />}
      {signing && mine.data && (
        <SignatureDrawer practitioner={mine.data} slug={slug} onClose={() => setSigning(false)} onChanged={refetch} />
      )}
    </>
  );
}
