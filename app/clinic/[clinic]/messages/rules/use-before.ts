import { useTranslations } from "next-intl";

/** « 2 jours avant », « 4 heures avant »: in the largest unit that fits. */
export function useBefore(): (minutes: number) => string {
  const t = useTranslations("messages.before");
  return (minutes) => {
    if (minutes % 1440 === 0) return t("days", { count: minutes / 1440 });
    return minutes % 60 === 0 ? t("hours", { count: minutes / 60 }) : t("minutes", { count: minutes });
  };
}
