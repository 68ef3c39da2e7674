"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconArrowUp, IconPaperclip, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { ValueRow } from "#server/letter/say-value.ts";
import type { Attachment } from "#server/letter/schema.ts";
import { languageOf } from "../../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../../_trpc/client.tsx";
import { ChooseDialog } from "./choose-dialog.tsx";
import classes from "./letter.module.css";
import { choiceOf, resultRows } from "./result-choices.ts";

interface AttachmentsFieldProps {
  patientId: string;
  value: readonly Attachment[];
  error: string | undefined;
  onChange: (attachments: Attachment[]) => void;
}

/** What goes behind the letter in the same PDF, in this order. */
export function AttachmentsField({ patientId, value, error, onChange }: AttachmentsFieldProps) {
  const t = useTranslations("letters");
  const language = languageOf(useLocale());
  const trpc = useTRPC();
  const [choosing, setChoosing] = useState(false);
  const held = useQuery({ ...trpc.letter.attachable.queryOptions({ patientId }), enabled: choosing });
  const has = (id: string) => value.some(({ ids }) => ids.includes(id));
  const documents = (held.data?.documents ?? []).filter(({ id }) => !has(id));
  const notes = (held.data?.notes ?? []).filter(({ id }) => !has(id));
  const left = (rows: readonly ValueRow[] = []) => rows.filter(({ id }) => !has(id));
  const results = resultRows({ values: left(held.data?.values), measures: left(held.data?.measures) }, language);

  function add(ids: readonly string[]) {
    const chosen = results.all.filter(({ id }) => ids.includes(id));
    const others = ids.flatMap((id): Attachment[] => {
      const document = documents.find((one) => one.id === id);
      if (document) return [{ kind: "document", ids: [id], title: document.title.slice(0, 200) }];
      const note = notes.find((one) => one.id === id);
      return note ? [{ kind: "note", ids: [id], title: `${note.title}, ${note.on}`.slice(0, 200) }] : [];
    });
    onChange([
      ...value,
      ...others,
      ...(chosen.length > 0
        ? [
            {
              kind: "results" as const,
              ids: chosen.flatMap((row) => row.ids),
              title: t("resultsTitle", { count: chosen.length }),
            },
          ]
        : []),
    ]);
    setChoosing(false);
  }

  const raise = (at: number) => {
    const next = [...value];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at - 1, 0, moved);
    onChange(next);
  };

  return (
    <div>
      <div className={classes.recipientHead}>
        <span className={classes.label}>{t("attachments")}</span>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPaperclip size={16} aria-hidden />}
          onClick={() => setChoosing(true)}
        >
          {t("attach")}
        </Button>
      </div>
      {value.length > 0 && (
        <ol className={classes.chosen}>
          {value.map(({ ids, title }, at) => (
            <li key={ids.join()}>
              <span>{`${at + 1}. ${title}`}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                disabled={at === 0}
                onClick={() => raise(at)}
                aria-label={t("raiseNamed", { name: title })}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                onClick={() => onChange(value.filter((_, index) => index !== at))}
                aria-label={t("removeNamed", { name: title })}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      {choosing && held.data && (
        <ChooseDialog
          title={t("attach")}
          verb={t("attachChosen")}
          groups={[
            {
              title: t("ofKind.document"),
              choices: documents.map(({ id, title, on, pages, fits }) => ({
                id,
                label: title,
                more: [on, pages && t("pages", { count: pages })].filter(Boolean).join(" · "),
                ...(!fits && { refused: t("doesNotFit") }),
              })),
            },
            { title: t("ofKind.results"), choices: results.findings.map((row) => choiceOf(row, language)) },
            { title: t("ofKind.measures"), choices: results.measures.map((row) => choiceOf(row, language)) },
            {
              title: t("ofKind.note"),
              choices: notes.map(({ id, title, on, author }) => ({ id, label: title, more: `${on} · ${author}` })),
            },
          ]}
          onChoose={add}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}
