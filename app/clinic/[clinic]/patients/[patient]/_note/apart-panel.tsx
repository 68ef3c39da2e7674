"use client";

import { Button, CopyButton } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { plainText } from "#server/note/rich-text-schema.ts";
import type { NoteContent } from "#server/note/schema.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import type { Refusal } from "./draft-saver.ts";
import classes from "./note.module.css";

interface ApartPanelProps {
  refusal: Refusal;
  content: NoteContent;
  items: readonly QuestionnaireItem[];
  onReopen: () => void;
  onRead: () => void;
}

/** Somebody else signed the note, holds it, or wrote in it: says who and when, and that what was typed here is kept. */
export function ApartPanel({ refusal, content, items, onReopen, onRead }: ApartPanelProps) {
  const t = useTranslations("notes.apart");
  const format = useFormatter();
  const { by = "", at } = refusal.details as { by?: string; at?: string | Date | null };
  const signed = refusal.key === "note.signed";
  const time = at ? format.dateTime(new Date(at), "time") : "";
  const key = signed ? "signed" : refusal.key === "note.held" ? "held" : "moved";
  return (
    <div className={classes.apart} role="alert">
      <p>
        <strong>{t(key, { name: by || t("somebody"), time })}</strong> {t(signed ? "keptForAddendum" : "kept")}
      </p>
      <div className={classes.apartActs}>
        {signed ? (
          <Button size="compact-sm" onClick={onRead}>
            {t("readSigned")}
          </Button>
        ) : (
          <Button size="compact-sm" onClick={onReopen}>
            {t("goOn")}
          </Button>
        )}
        <CopyButton value={asLines(content, items)}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

function asLines({ answers }: NoteContent, items: readonly QuestionnaireItem[]): string {
  return items
    .filter(({ linkId }) => plainText(answers[linkId]).trim() !== "")
    .map(({ linkId, label }) => `${label}\n${plainText(answers[linkId])}`)
    .join("\n\n");
}
