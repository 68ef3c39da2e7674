"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v7 } from "uuid";
import type { MessageRecord } from "#server/reminder/record.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./messages.module.css";
import { SendingsToLookAt } from "./sendings-to-look-at.tsx";
import { useMessageColumns } from "./use-message-columns.tsx";

interface MessagesProps {
  slug: string;
  timeZone: string;
  mayAct: boolean;
  mayManage: boolean;
  maySend: boolean;
}

const most = 50;
const views = ["attention", "planned", "sent", "all"] as const;

/** The list, first of what needs a person: what did not arrive, and what nobody knows of. */
export function Messages({ slug, timeZone, mayAct, mayManage, maySend }: MessagesProps) {
  const t = useTranslations("messages");
  const say = useErrorText();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const pages = usePages(most);
  const [show, setShow] = useState<(typeof views)[number]>("attention");
  const [resuming, setResuming] = useState<MessageRecord>();
  const list = useQuery(trpc.reminder.messages.queryOptions({ show, most, after: pages.last }));

  async function act(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      toast({ message: done });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    await list.refetch();
  }
  const resend = ({ id: messageId }: MessageRecord) =>
    act(() => client.reminder.resend.mutate({ id: v7(), messageId }), t("resent"));

  const columns = useMessageColumns(timeZone, ({ mayResend, mayResume, ...message }) =>
    mayAct && (mayResend || mayResume) ? (
      <span className={classes.acts}>
        {mayResume && (
          <Button size="compact-sm" variant="subtle" onClick={() => setResuming({ mayResend, mayResume, ...message })}>
            {t("resume")}
          </Button>
        )}
        {mayResend && (
          <Button size="compact-sm" variant="default" onClick={() => void resend({ mayResend, mayResume, ...message })}>
            {t("resend")}
          </Button>
        )}
      </span>
    ) : null,
  );

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayManage && (
          <LinkButton href={`/clinic/${slug}/messages/rules`} variant="default">
            {t("manage")}
          </LinkButton>
        )}
      </PageHead>
      <PageBody>
        <SegmentedControl
          className={classes.views}
          aria-label={t("view")}
          value={show}
          onChange={(value) => {
            setShow(value as typeof show);
            pages.restart();
          }}
          data={views.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        {maySend && show === "attention" && <SendingsToLookAt slug={slug} timeZone={timeZone} />}
        {list.isError ? (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={list.data && [...list.data.messages]}
            rowKey={({ id }) => id}
            paging={pages.paging(list.data?.messages, list.data?.next)}
            empty={
              <EmptyState icon={<IconMailCheck />} title={t(`empty.${show}`)}>
                {t(show === "attention" ? "emptyAttention" : "emptyText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      <ConfirmDialog
        opened={resuming !== undefined}
        onClose={() => setResuming(undefined)}
        title={t("resumeTitle", { who: resuming?.person ?? t("hidden") })}
        consequences={[t("resumeWord"), t("resumeKept")]}
        verb={t("resume")}
        onConfirm={async () => {
          const messageId = resuming?.id;
          if (messageId) await act(() => client.reminder.resumeContact.mutate({ messageId }), t("resumed"));
          setResuming(undefined);
        }}
      />
    </>
  );
}
