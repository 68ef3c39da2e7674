"use client";

import { useTranslations } from "next-intl";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import classes from "./letters.module.css";

interface ExpectedFieldProps {
  /** `YYYY-MM-DD`; null: none. */
  value: string | null;
  /** It was expected before the appointment, and another day is proposed. */
  moved: boolean;
  onChange: (day: string | null) => void;
}

/** When an answer is expected, asked where the appointment is written: one that came before it would only be late. */
export function ExpectedField({ value, moved, onChange }: ExpectedFieldProps) {
  const t = useTranslations("letters");
  return (
    <DayInput
      // In the label, which no calendar covers.
      label={
        <>
          {t("expected")}
          {moved && <span className={classes.moved}>{t("expectedMoved")}</span>}
        </>
      }
      value={value}
      onChange={onChange}
    />
  );
}
