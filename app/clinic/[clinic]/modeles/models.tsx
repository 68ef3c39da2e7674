"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconFileText, IconPlus, IconTemplate, IconTextPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { LetterTemplateRecord } from "#server/letter-template/list-letter-templates.ts";
import type { PhraseRecord } from "#server/phrase/list-phrases.ts";
import type { QuestionnaireRecord } from "#server/questionnaire/list-questionnaires.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { LetterTemplateForm } from "./letter-template-form.tsx";
import classes from "./models.module.css";
import { PhraseForm } from "./phrase-form.tsx";
import { TemplateForm } from "./template-form.tsx";

const kinds = ["templates", "letters", "phrases"] as const;
type Kind = (typeof kinds)[number];
const adds = { templates: "addTemplate", letters: "addLetter", phrases: "addPhrase" } as const;

type Open =
  | { readonly is: "letter"; readonly row?: LetterTemplateRecord }
  | { readonly is: "phrase"; readonly row?: PhraseRecord }
  | { readonly is: "template"; readonly row?: QuestionnaireRecord };

/** Three lists: what a note asks, what a letter says, and what a word puts in a note. */
export function Models({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("models");
  const say = useErrorText();
  const trpc = useTRPC();
  const [which, setWhich] = useState<Kind>("templates");
  const [open, setOpen] = useState<Open>();
  const templates = useQuery(trpc.questionnaire.list.queryOptions(undefined, { staleTime: 0 }));
  const phrases = useQuery(trpc.phrase.list.queryOptions(undefined, { staleTime: 0 }));
  const letters = useQuery(trpc.letterTemplate.list.queryOptions(undefined, { staleTime: 0 }));
  const shown = { templates, letters, phrases }[which];
  const letterColumns = useLetterColumns();
  const templateColumns = useTemplateColumns();
  const phraseColumns = usePhraseColumns();
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => setOpen({ is: ({ templates: "template", letters: "letter", phrases: "phrase" } as const)[which] })}
    >
      {t(adds[which])}
    </Button>
  );
  const close = () => setOpen(undefined);
  const saved = () => {
    close();
    void templates.refetch();
    void letters.refetch();
    void phrases.refetch();
  };
  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayWrite && add}
      </PageHead>
      <PageBody>
        <SegmentedControl
          className={classes.which}
          aria-label={t("which")}
          data={kinds.map((value) => ({ value, label: t(value) }))}
          value={which}
          onChange={(next) => setWhich(next as Kind)}
        />
        {shown.isError ? (
          <ErrorPanel requestId={say(shown.error).requestId} onRetry={() => void shown.refetch()}>
            {say(shown.error).message}
          </ErrorPanel>
        ) : which === "templates" ? (
          <DataTable
            label={t("templates")}
            columns={templateColumns}
            rows={templates.data}
            rowKey={({ id, shipped }) => id ?? shipped ?? ""}
            {...(mayWrite && { onOpen: (row: QuestionnaireRecord) => setOpen({ is: "template", row }) })}
            empty={<EmptyState icon={<IconTemplate size={24} />} title={t("noTemplates")} />}
          />
        ) : which === "letters" ? (
          <DataTable
            label={t("letters")}
            columns={letterColumns}
            rows={letters.data}
            rowKey={({ id }) => id}
            {...(mayWrite && { onOpen: (row: LetterTemplateRecord) => setOpen({ is: "letter", row }) })}
            empty={
              <EmptyState icon={<IconFileText size={24} />} title={t("noLetters")} action={mayWrite && add}>
                {t("noLettersText")}
              </EmptyState>
            }
          />
        ) : (
          <DataTable
            label={t("phrases")}
            columns={phraseColumns}
            rows={phrases.data}
            rowKey={({ id }) => id}
            {...(mayWrite && { onOpen: (row: PhraseRecord) => setOpen({ is: "phrase", row }) })}
            empty={
              <EmptyState icon={<IconTextPlus size={24} />} title={t("noPhrases")} action={mayWrite && add}>
                {t("noPhrasesText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open?.is === "template" && (
        <TemplateForm key={open.row?.id ?? open.row?.shipped} template={open.row} onClose={close} onSaved={saved} />
      )}
      {open?.is === "letter" && (
        <LetterTemplateForm key={open.row?.id} template={open.row} onClose={close} onSaved={saved} />
      )}
      {open?.is === "phrase" && <PhraseForm key={open.row?.id} phrase={open.row} onClose={close} onSaved={saved} />}
    </>
  );
}

function useTemplateColumns(): Column<QuestionnaireRecord>[] {
  const t = useTranslations("models");
  const vocabulary = useTranslations("vocabulary.professions");
  return [
    { key: "title", label: t("name"), cell: ({ title }) => <strong>{title}</strong> },
    {
      key: "whose",
      label: t("whose"),
      cell: ({ own, shipped }) => (
        <Chip tone={own ? "good" : "neutral"}>{t(own ? "own" : shipped ? "shipped" : "clinic")}</Chip>
      ),
    },
    {
      key: "profession",
      label: t("profession"),
      secondary: true,
      cell: ({ profession }) => (profession ? vocabulary(profession as never) : t("everybody")),
    },
    {
      key: "sections",
      label: t("sections"),
      secondary: true,
      cell: ({ items }) => items.map(({ label }) => label).join(" · "),
    },
    { key: "number", label: t("version"), align: "end", secondary: true, cell: ({ number }) => number },
  ];
}

function usePhraseColumns(): Column<PhraseRecord>[] {
  const t = useTranslations("models");
  return [
    { key: "code", label: t("word"), cell: ({ code }) => <strong className={classes.code}>.{code}</strong> },
    { key: "title", label: t("name"), cell: ({ title }) => title },
    {
      key: "whose",
      label: t("whose"),
      cell: ({ own }) => <Chip tone={own ? "good" : "neutral"}>{t(own ? "own" : "clinic")}</Chip>,
    },
    {
      key: "body",
      label: t("text"),
      secondary: true,
      cell: ({ body }) => <span className={classes.body}>{body}</span>,
    },
  ];
}

function useLetterColumns(): Column<LetterTemplateRecord>[] {
  const t = useTranslations("models");
  const words = useTranslations("letters");
  return [
    { key: "title", label: t("name"), cell: ({ title }) => <strong>{title}</strong> },
    { key: "kind", label: t("letterKind"), cell: ({ kind }) => <Chip>{words(`kinds.${kind}`)}</Chip> },
    {
      key: "languages",
      label: words("language"),
      secondary: true,
      cell: ({ content }) =>
        [content.fr.body.length > 0 && "Français", content.en.body.length > 0 && "English"].filter(Boolean).join(", "),
    },
    { key: "number", label: t("version"), align: "end", secondary: true, cell: ({ number }) => number },
  ];
}
