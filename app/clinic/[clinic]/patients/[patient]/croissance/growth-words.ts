import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { roundTo } from "#server/observation/decimal.ts";
import { showDecimal, useMeasureWords } from "../_summary/measure-words.ts";
import { monthDays, yearDays } from "./spans.ts";

/** How ages and scores are read. */
export function useGrowthWords() {
  const t = useTranslations("growth");
  const { language } = useMeasureWords();
  return useMemo(() => {
    /** « 12 jours », « 7 mois », « 4 ans 2 mois ». */
    const age = (days: number) => {
      if (days < 2 * monthDays) return t("age.days", { count: Math.floor(days) });
      if (days < 2 * yearDays) return t("age.months", { count: Math.floor(days / monthDays) });
      const months = Math.floor(days / monthDays);
      return t("age.years", { years: Math.floor(months / 12), months: months % 12 });
    };
    const score = (z: number) => {
      const shown = showDecimal(roundTo(Math.abs(z), 2), 2, language);
      return z < 0 && Number(roundTo(z, 2)) !== 0 ? `−${shown}` : shown;
    };
    return { age, score };
  }, [t, language]);
}
