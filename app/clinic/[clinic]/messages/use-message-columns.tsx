import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { MessageRecord } from "#server/reminder/record.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { Chip, type Tone } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import classes from "./messages.module.css";

const tones: Readonly<Record<MessageRecord["status"], Tone>> = {
  planned: "info",
  sending: "info",
  sent: "good",
  delivered: "good",
  failed: "danger",
  bounced: "danger",
  unknown: "attention",
  skipped: "neutral",
  cancelled: "neutral",
};

/** Who, about which visit, how it stands, and what may be done. */
export function useMessageColumns(
  timeZone: string,
  acts: (message: MessageRecord) => ReactNode,
): Column<MessageRecord>[] {
  const t = useTranslations("messages");
  const language = languageOf(useLocale());
  const when = (at: Date, zone: string) => <span className="cv-nowrap">{sayWhen(at, zone, language, "short")}</span>;
  return [
    { key: "who", label: t("who"), cell: ({ person }) => <strong>{person ?? t("hidden")}</strong> },
    {
      key: "what",
      label: t("what"),
      secondary: true,
      cell: ({ kind, channel }) => t(`byChannel.${channel}`, { kind: t(`kinds.${kind}`) }),
    },
    { key: "visit", label: t("visit"), secondary: true, cell: (one) => when(one.startsAt, one.timeZone) },
    {
      key: "state",
      label: t("state"),
      cell: ({ status, reason, errorCode, late }) => (
        <span className={classes.state}>
          <Chip tone={late ? "attention" : tones[status]}>{late ? t("late") : t(`states.${status}`)}</Chip>
          {reason && t.has(`reasons.${reason as "no-address"}`) && (
            <span className={classes.why}>{t(`reasons.${reason as "no-address"}`)}</span>
          )}
          {errorCode && <span className={classes.why}>{t("code", { code: errorCode })}</span>}
        </span>
      ),
    },
    {
      key: "at",
      label: t("at"),
      secondary: true,
      cell: ({ dueAt, settledAt }) => when(settledAt ?? dueAt, timeZone),
    },
    { key: "acts", label: t("acts"), align: "end", cell: acts },
  ];
}
