"use client";

import { Button } from "@mantine/core";
import { IconBellPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { RuleRecord } from "#server/reminder/record.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { languageOf } from "../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../../_ui/section/section.tsx";
import { RuleForm } from "./rule-form.tsx";
import { useBefore } from "./use-before.ts";

/** The rules, the earliest first; without any, the one that holds by itself is said. */
export function Rules() {
  const t = useTranslations("messages");
  const before = useBefore();
  const say = useErrorText();
  const trpc = useTRPC();
  const list = useQuery(trpc.reminder.rules.queryOptions());
  const [open, setOpen] = useState<RuleRecord | "new">();
  const services = list.data?.services ?? [];
  const named = (ids: readonly string[]) =>
    ids.length === 0
      ? t("everyService")
      : services
          .filter(({ id }) => ids.includes(id))
          .map(({ name }) => name)
          .join(", ");
  const add = (
    <Button leftSection={<IconBellPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("addRule")}
    </Button>
  );
  const columns: Column<RuleRecord>[] = [
    { key: "when", label: t("ruleWhen"), cell: ({ beforeMinutes }) => <strong>{before(beforeMinutes)}</strong> },
    { key: "channel", label: t("channel"), cell: ({ channel }) => t(`channels.${channel}`) },
    { key: "services", label: t("services"), secondary: true, cell: ({ serviceIds }) => named(serviceIds) },
    {
      key: "state",
      label: t("state"),
      cell: ({ active }) => <Chip tone={active ? "good" : "neutral"}>{t(active ? "ruleOn" : "ruleOff")}</Chip>,
    },
  ];
  const language = languageOf(useLocale());
  const clock = (minute: number) => sayWhen(new Date(Date.UTC(2027, 0, 1, 0, minute)), "UTC", language, "time");
  const quiet = list.data?.quiet;
  const lead =
    quiet && quiet.from !== quiet.until
      ? t("quiet", { from: clock(quiet.from), until: clock(quiet.until) })
      : undefined;

  return (
    <Section title={t("rules")} lead={lead} action={list.data && list.data.rules.length > 0 && add}>
      {list.isError ? (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      ) : (
        <DataTable
          label={t("rules")}
          columns={columns}
          rows={list.data && [...list.data.rules]}
          rowKey={({ id }) => id}
          onOpen={setOpen}
          empty={
            <EmptyState icon={<IconBellPlus />} title={t("defaultTitle")} action={add}>
              {t("defaultText")}
            </EmptyState>
          }
        />
      )}
      {open && (
        <RuleForm
          key={open === "new" ? "new" : open.id}
          rule={open === "new" ? undefined : open}
          services={services}
          texts={list.data?.texts ?? false}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            void list.refetch();
          }}
        />
      )}
    </Section>
  );
}
