"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { languageOf } from "../../../_i18n/locale.ts";
import { sayMinute } from "../../../_ui/minute-input/wall-time.ts";

interface Span {
  readonly fromDate: string;
  readonly fromMinute: number;
  readonly untilDate: string;
  readonly untilMinute: number;
}

/** From when to when, in wall time: whole days without their hours, one day once. */
export function useSpan(): (span: Span) => string {
  const t = useTranslations("hours.span");
  const format = useFormatter();
  const language = languageOf(useLocale());
  return ({ fromDate, fromMinute, untilDate, untilMinute }) => {
    const say = (day: string) =>
      format.dateTime(new Date(`${day}T12:00:00Z`), { timeZone: "UTC", dateStyle: "medium" });
    const times = { from: sayMinute(fromMinute, language), until: sayMinute(untilMinute, language) };
    const days = { first: say(fromDate), last: say(untilDate) };
    const whole = fromMinute === 0 && untilMinute === 1440;
    if (fromDate === untilDate) return whole ? days.first : t("hours", { ...days, ...times });
    return whole ? t("days", days) : t("both", { ...days, ...times });
  };
}
