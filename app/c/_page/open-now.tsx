import { useTranslations } from "next-intl";
import type { OpeningHours } from "#server/public-page/opening-hours.ts";
import type { Language } from "../../_i18n/locale.ts";
import { sayMinute, sayWeekday } from "./say-time.ts";

/** « Ouvert jusqu’à 20 h aujourd’hui, lundi »: as of when the page was asked for. */
export function OpenNow({ hours, language }: { hours: OpeningHours; language: Language }) {
  const t = useTranslations("clinicPage");
  const { now } = hours;
  const today = `${t("today")}, ${sayWeekday(hours.today, language)}`;
  if (now.state === "closed") return <strong>{t("closed")}</strong>;
  if (now.state === "open")
    return (
      <>
        <strong>{t("openUntil", { time: sayMinute(now.until, language) })}</strong> {today}
      </>
    );
  const time = sayMinute(now.from, language);
  if (now.days === 0)
    return (
      <>
        <strong>{t("opensAt", { time })}</strong> {today}
      </>
    );
  const day = now.days === 1 ? t("tomorrow") : sayWeekday(now.date, language);
  return <strong>{t("opensOn", { day, time })}</strong>;
}
