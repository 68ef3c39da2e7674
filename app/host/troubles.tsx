"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { UnsettledDelivery } from "#server/mail/list-unsettled-deliveries.ts";
import type { DeadLetter } from "#server/queue/list-dead-letters.ts";
import { useTRPC, useTRPCClient } from "../_trpc/client.tsx";
import { useErrorText } from "../_trpc/use-error-text.ts";
import { Chip } from "../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../_ui/data-table/data-table.tsx";
import { EmptyState } from "../_ui/empty-state/empty-state.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import { Section } from "../_ui/section/section.tsx";
import { useToast } from "../_ui/toast/toast.tsx";

const most = 50;

/** What needs a person: jobs that failed for good, and mails of the platform whose fate is not known. Codes only, nobody's words. */
export function Troubles() {
  const t = useTranslations("host");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const dead = useQuery(trpc.host.deadLetters.queryOptions({ most }));
  const mails = useQuery(trpc.host.deliveries.queryOptions({ most }));

  async function replay(id: string) {
    try {
      await client.host.replay.mutate({ id });
      toast({ message: t("replayed") });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    await dead.refetch();
  }

  const deadColumns: Column<DeadLetter>[] = [
    { key: "job", label: t("job"), cell: ({ job }) => <code>{job}</code> },
    { key: "code", label: t("code"), cell: ({ errorCode }) => <code>{errorCode}</code> },
    {
      key: "when",
      label: t("when"),
      secondary: true,
      cell: ({ failedAt }) => <Moment at={failedAt} as="dateAndTime" />,
    },
    {
      key: "acts",
      label: t("acts"),
      align: "end",
      cell: ({ id, replayedAt }) =>
        replayedAt ? (
          <Chip>{t("replayedChip")}</Chip>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => void replay(id)}>
            {t("replay")}
          </Button>
        ),
    },
  ];
  const mailColumns: Column<UnsettledDelivery>[] = [
    { key: "kind", label: t("kind"), cell: ({ kind }) => <code>{kind}</code> },
    {
      key: "state",
      label: t("state"),
      cell: ({ state }) => (
        <Chip tone={state === "unknown" ? "attention" : "danger"}>{t(`mailStates.${state as "failed"}`)}</Chip>
      ),
    },
    { key: "code", label: t("code"), secondary: true, cell: ({ errorCode }) => <code>{errorCode ?? "–"}</code> },
    {
      key: "when",
      label: t("when"),
      secondary: true,
      cell: ({ createdAt }) => <Moment at={createdAt} as="dateAndTime" />,
    },
  ];

  return (
    <>
      <Section title={t("deadLetters")} lead={t("deadLettersLead")}>
        <DataTable
          label={t("deadLetters")}
          columns={deadColumns}
          rows={dead.data}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t("noDeadLetter")}>{t("noDeadLetterText")}</EmptyState>}
        />
      </Section>
      <Section title={t("mails")} lead={t("mailsLead")}>
        <DataTable
          label={t("mails")}
          columns={mailColumns}
          rows={mails.data}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t("noMail")}>{t("noMailText")}</EmptyState>}
        />
      </Section>
    </>
  );
}
