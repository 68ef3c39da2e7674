"use client";

import { Button } from "@mantine/core";
import { IconClipboardHeart, IconPlus, IconSparkles } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useSettledUndo } from "../../../_ui/toast/toast.tsx";
import { CodeDialog } from "./code-dialog.tsx";
import { Proposals } from "./proposals.tsx";
import { ServiceForm } from "./service-form.tsx";
import { useServiceColumns } from "./use-service-columns.tsx";

const most = 50;

/** The list of services, a page at a time, and the open one over it. */
export function Services({ mayManage }: { mayManage: boolean }) {
  const t = useTranslations("services");
  const say = useErrorText();
  const trpc = useTRPC();
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.schedule.service.list.queryOptions({ after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  // Somebody inscribed a moment ago on another page is here at once.
  const resources = useQuery({ ...trpc.schedule.resource.list.queryOptions(), staleTime: 0 });
  const proposals = useQuery({ ...trpc.schedule.service.proposals.queryOptions(), enabled: mayManage, staleTime: 0 });
  const columns = useServiceColumns(resources.data, mayManage ? page.refetch : undefined);
  useSettledUndo(page.data?.rows);
  const [open, setOpen] = useState<ServiceRecord | "new">();
  const [proposing, setProposing] = useState(false);
  const [code, setCode] = useState<string>();
  const refetch = () => void Promise.all([page.refetch(), proposals.refetch()]);
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );
  const none = page.data?.rows.length === 0 && !pages.last;
  const proposed = proposals.data ?? [];
  const offered = mayManage && proposed.length > 0 && (none || proposing);

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayManage && proposed.length > 0 && !offered && (
          <Button
            variant="default"
            leftSection={<IconSparkles size={18} aria-hidden />}
            onClick={() => setProposing(true)}
          >
            {t("propose")}
          </Button>
        )}
        {mayManage && add}
      </PageHead>
      <PageBody>
        {offered && (
          <Proposals
            proposals={proposed}
            onClose={none ? undefined : () => setProposing(false)}
            onAdded={() => {
              setProposing(false);
              refetch();
            }}
          />
        )}
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          !(none && offered) && (
            <DataTable
              label={t("title")}
              columns={columns}
              rows={page.data?.rows}
              rowKey={({ id }) => id}
              onOpen={mayManage && resources.data ? setOpen : undefined}
              paging={pages.paging(page.data?.rows, page.data?.after)}
              empty={
                <EmptyState icon={<IconClipboardHeart />} title={t("emptyTitle")} action={mayManage && add}>
                  {t("emptyText")}
                </EmptyState>
              }
            />
          )
        )}
      </PageBody>
      {open && resources.data && (
        <ServiceForm
          key={open === "new" ? "new" : open.id}
          service={open === "new" ? undefined : open}
          resources={resources.data}
          rank={(page.data?.rows.length ?? 0) * 10 + 10}
          onCode={setCode}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            refetch();
          }}
        />
      )}
      {code && <CodeDialog code={code} onClose={() => setCode(undefined)} />}
    </>
  );
}
