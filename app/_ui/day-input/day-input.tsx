"use client";

import "@mantine/dates/styles.layer.css";
import "dayjs/locale/fr-ca";
import { DateInput } from "@mantine/dates";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { languageOf } from "../../_i18n/locale.ts";

type DayInputProps = {
  label: ReactNode;
  /** `2026-11-23`; null when empty. */
  value: string | null;
  onChange: (day: string | null) => void;
  min?: string;
  max?: string;
  error?: ReactNode;
  required?: boolean;
};

/** A day, typed or chosen, always written AAAA-MM-JJ: what a browser's own field shows depends on the browser. */
export function DayInput({ value, onChange, min, max, ...props }: DayInputProps) {
  const t = useTranslations("common.day");
  const language = languageOf(useLocale());
  return (
    <DateInput
      {...props}
      value={value}
      onChange={onChange}
      minDate={min}
      maxDate={max}
      valueFormat="YYYY-MM-DD"
      placeholder={t("form")}
      locale={language === "fr" ? "fr-ca" : "en"}
      firstDayOfWeek={0}
      clearable
      clearButtonProps={{ "aria-label": t("clear") }}
      // Red is for danger, and a calendar belongs to the region of its field.
      weekendDays={[]}
      popoverProps={{ shadow: "md", withinPortal: false }}
      ariaLabels={{
        previousMonth: t("previousMonth"),
        nextMonth: t("nextMonth"),
        previousYear: t("previousYear"),
        nextYear: t("nextYear"),
        previousDecade: t("previousDecade"),
        nextDecade: t("nextDecade"),
        monthLevelControl: t("chooseMonth"),
        yearLevelControl: t("chooseYear"),
      }}
    />
  );
}
