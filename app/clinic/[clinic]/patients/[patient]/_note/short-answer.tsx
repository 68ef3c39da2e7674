"use client";

import { NumberInput, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Answer } from "#server/note/rich-text-schema.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import classes from "./note.module.css";

interface ShortAnswerProps {
  id: string;
  item: QuestionnaireItem;
  answer: Answer | undefined;
  /** It was not signed for want of this answer. */
  missing: boolean;
  disabled: boolean;
  onAnswer: (answer: string | number | undefined) => void;
}

/** A choice or a number of a note. */
export function ShortAnswer({ id, item, answer, missing, disabled, onAnswer }: ShortAnswerProps) {
  const t = useTranslations("notes");
  const field = {
    id,
    "aria-label": item.label,
    required: item.required ?? false,
    error: missing && t("requiredToSign"),
    disabled,
  };
  if (item.type === "choice")
    return (
      <Select
        {...field}
        placeholder={t("choose")}
        data={item.options}
        value={typeof answer === "string" ? answer : null}
        onChange={(value) => onAnswer(value ?? undefined)}
        clearable
        className={classes.choice}
      />
    );
  return (
    <NumberInput
      {...field}
      value={typeof answer === "number" ? answer : ""}
      onChange={(value) => onAnswer(typeof value === "number" ? value : undefined)}
      decimalSeparator=","
      allowedDecimalSeparators={[",", "."]}
      suffix={item.unit ? ` ${item.unit}` : ""}
      className={classes.number}
    />
  );
}
