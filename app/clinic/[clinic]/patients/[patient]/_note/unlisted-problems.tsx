"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./note.module.css";
import type { DiagnosisLines } from "./use-diagnosis-lines.ts";

/** Before the signature: the diagnoses that are of no problem yet, each one gesture from the list. After it, the note hangs on nothing more. */
export function UnlistedProblems({ of: { lines, list, busy }, disabled }: { of: DiagnosisLines; disabled: boolean }) {
  const t = useTranslations("notes");
  const free = lines.filter(({ text, conditionId }) => text.trim() !== "" && !conditionId);
  const words = [...new Map(free.map((line) => [line.text.trim(), line])).entries()];
  if (words.length === 0) return null;
  return (
    <fieldset className={classes.unlisted} aria-label={t("unlisted")}>
      <span>{t("unlisted")}</span>
      {words.map(([label, line]) => (
        <Button
          key={label}
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-label={t("unlistedAdd", { label })}
          disabled={disabled || busy}
          onClick={() => void list(line)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
