import { useLocale, useTranslations } from "next-intl";
import type { EntryRecord } from "#server/waitlist/list-entries.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { sayMinute } from "../../../_ui/minute-input/wall-time.ts";

/** When somebody would come, in a few words: « lun., mer., après 12 h 00, jusqu’au 2026-12-24 ». */
export function useWishWords() {
  const t = useTranslations("waitlist");
  const locale = useLocale();
  // 2024 began on a Monday.
  const weekday = (day: number) =>
    new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
  const time = (minute: number) => sayMinute(minute, languageOf(locale));

  return ({ weekdays, fromMinute, untilMinute, untilDate }: EntryRecord): string => {
    const hours =
      fromMinute === 0 && untilMinute === 1440
        ? ""
        : untilMinute === 1440
          ? t("after", { time: time(fromMinute) })
          : fromMinute === 0
            ? t("before", { time: time(untilMinute) })
            : t("between", { from: time(fromMinute), until: time(untilMinute) });
    const parts = [weekdays.map(weekday).join(" "), hours, untilDate ? t("untilSaid", { date: untilDate }) : ""].filter(
      Boolean,
    );
    return parts.length > 0 ? parts.join(", ") : t("anytime");
  };
}
