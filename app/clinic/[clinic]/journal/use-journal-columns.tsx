"use client";

import { IconBan, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { AuditEventRecord } from "#server/audit/record.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import classes from "./journal.module.css";
import { useEventWords } from "./use-event-words.ts";

/** When, who, what, about whom, from where. */
export function useJournalColumns({ timeZone, mine }: { timeZone: string; mine: boolean }): Column<AuditEventRecord>[] {
  const t = useTranslations("journal");
  const { say } = useEventWords();
  const person: Column<AuditEventRecord> = {
    key: "person",
    label: t("person"),
    cell: ({ agent }) => (agent ? (agent.label ?? t("unnamed")) : t("system")),
  };
  return [
    {
      key: "when",
      label: t("when"),
      width: "11rem",
      cell: ({ recordedAt }) => <Moment at={recordedAt} as="dateAndTime" timeZone={timeZone} />,
    },
    ...(mine ? [] : [person]),
    {
      key: "gesture",
      label: t("gesture"),
      cell: ({ event, outcome }) => (
        <span className={classes.gesture}>
          {say(event)}
          {outcome === "refused" && (
            <Chip tone="danger" icon={<IconBan size={14} />}>
              {t("outcomes.refused")}
            </Chip>
          )}
          {outcome === "failed" && (
            <Chip tone="attention" icon={<IconX size={14} />}>
              {t("outcomes.failed")}
            </Chip>
          )}
        </span>
      ),
    },
    {
      key: "about",
      label: t("about"),
      cell: ({ patient, entities }) => (patient ? (patient.label ?? t("unnamed")) : (entities[0]?.label ?? "")),
    },
    {
      key: "ground",
      label: t("ground"),
      secondary: true,
      cell: ({ ground }) => {
        const key = `grounds.${ground}` as "grounds.care";
        return t.has(key) ? t(key) : ground;
      },
    },
    { key: "address", label: t("address"), secondary: true, cell: ({ address }) => address ?? "" },
  ];
}
