"use client";

import { Button, FileButton } from "@mantine/core";
import { IconFileSpreadsheet, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { sendPicture } from "../../../../_trpc/send-picture.ts";
import { useErrorText, useToldText } from "../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import { DataTable } from "../../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../../_ui/moment/moment.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import { useToast } from "../../../../_ui/toast/toast.tsx";

/** The files that were brought, and the next one. */
export function Imports({ slug }: { slug: string }) {
  const t = useTranslations("patients.importing");
  const format = useFormatter();
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const tell = useToldText();
  const list = useQuery(trpc.patientImport.list.queryOptions());
  const [busy, setBusy] = useState(false);
  const href = (id: string) => `/clinic/${slug}/patients/importation/${id}`;

  async function send(file: File | null) {
    if (!file) return;
    setBusy(true);
    // Systems name the type of such a file in many ways: the door takes one.
    const plain = new File([file], file.name, { type: "text/csv" });
    const address = `/api/clinic/${slug}/patient-import?name=${encodeURIComponent(file.name)}`;
    const { body, refusal } = await sendPicture<{ id: string }>(address, plain);
    setBusy(false);
    if (refusal) return toast({ tone: "danger", message: tell(refusal).message });
    if (body) router.push(href(body.id));
  }

  const choose = (
    <FileButton accept=".csv,.txt,text/csv" onChange={(file) => void send(file)}>
      {(button) => (
        <Button {...button} loading={busy} leftSection={<IconUpload size={18} aria-hidden />}>
          {t("choose")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {choose}
      </PageHead>
      <PageBody>
        {list.isError ? (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            rows={list.data}
            rowKey={({ id }) => id}
            href={({ id }) => href(id)}
            columns={[
              { key: "file", label: t("file"), cell: ({ name }) => <strong>{name}</strong> },
              { key: "when", label: t("when"), cell: ({ createdAt }) => <Moment at={createdAt} as="dateAndTime" /> },
              {
                key: "lines",
                label: t("lines"),
                align: "end",
                secondary: true,
                cell: ({ lineCount }) => format.number(lineCount, "integer"),
              },
              { key: "state", label: t("state"), cell: ({ status }) => <Chip>{t(`states.${status}`)}</Chip> },
            ]}
            empty={
              <EmptyState icon={<IconFileSpreadsheet />} title={t("none")} action={choose}>
                {t("limits")} {t("noneText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
    </>
  );
}
