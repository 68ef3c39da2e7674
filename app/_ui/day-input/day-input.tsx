"use client";

import "@mantine/dates/styles.layer.css";
import "dayjs/locale/fr-ca";
import { DateInput } from "@mantine/dates";
import { useLocale, useTranslations } from "next-intl";
import { type FocusEvent, type ReactNode, useState } from "react";
import { z } from "zod";
import { firstDayOfWeek } from "#server/schedule/week.ts";
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
  /** A day that is known by heart, as a birth date, is typed: a calendar of this month would only stand before the next field. */
  typed?: boolean;
};

/**
 * A day, typed or chosen, always written AAAA-MM-JJ: what a browser's own field shows depends on the browser. What is not a day
 * that exists, or not an allowed one, stays as it was typed with a sentence under it; it is never turned into another day.
 */
export function DayInput({ value, onChange, min, max, error, typed = false, ...props }: DayInputProps) {
  const t = useTranslations("common.day");
  const language = languageOf(useLocale());
  // What was left in the field, judged by the bounds of now: they may come after it.
  const [left, setLeft] = useState("");
  const wrong = faultOf(left, min, max);

  return (
    <DateInput
      {...props}
      value={value}
      onChange={(day) => {
        setLeft("");
        onChange(day);
      }}
      error={wrong ? t(wrong, { min: min ?? "", max: max ?? "" }) : error}
      onBlur={(event: FocusEvent<HTMLInputElement>) => setLeft(event.currentTarget.value.trim())}
      dateParser={readDay}
      fixOnBlur={false}
      minDate={min}
      maxDate={max}
      valueFormat="YYYY-MM-DD"
      placeholder={t("form")}
      locale={language === "fr" ? "fr-ca" : "en"}
      firstDayOfWeek={firstDayOfWeek}
      clearable
      // What is typed is erased by the keys: no stop on the way to the next field.
      clearButtonProps={{ "aria-label": t("clear"), tabIndex: -1 }}
      // Red is for danger, and a calendar belongs to the region of its field.
      weekendDays={[]}
      popoverProps={{ shadow: "md", withinPortal: false, disabled: typed }}
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

/** A day that exists, written whole; null for anything else. */
function readDay(text: string): string | null {
  return z.iso.date().safeParse(text.trim()).data ?? null;
}

function faultOf(written: string, min: string | undefined, max: string | undefined) {
  if (written === "") return undefined;
  const day = readDay(written);
  if (!day) return "unreal";
  if (min && day < min) return "before";
  return max && day > max ? "after" : undefined;
}
