"use client";

import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Editor } from "@tiptap/react";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { tokenOf } from "#server/letter/fields-schema.ts";
import { nameOf, sayValue } from "#server/letter/say-value.ts";
import { plainText, type RichText, type Run } from "#server/note/rich-text-schema.ts";
import { languageOf } from "../../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../../_trpc/client.tsx";
import { toEditor } from "../../_note/rich-text.ts";
import { ChooseDialog } from "./choose-dialog.tsx";
import { choiceOf, resultRows } from "./result-choices.ts";

interface InsertFromChartProps {
  patientId: string;
  /** Of the letter. */
  language: "fr" | "en";
  editor: RefObject<Editor | null>;
}

/** Chosen results, or the text of a note, in the letter itself: in place of the field that waits for them, or where the caret is. */
export function InsertFromChart({ patientId, language, editor }: InsertFromChartProps) {
  const t = useTranslations("letters");
  const locale = languageOf(useLocale());
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const held = useQuery({ ...trpc.letter.attachable.queryOptions({ patientId }), enabled: open });
  const { notes = [], values = [], measures = [] } = held.data ?? {};
  const offered = resultRows({ values, measures }, locale);

  function insert(ids: readonly string[]) {
    setOpen(false);
    const source = (name: string) => ({ kind: "variable" as const, name });
    const results: RichText = resultRows({ values, measures }, language)
      .all.filter(({ id }) => ids.includes(id))
      .map((one) => ({
        list: "bullet" as const,
        runs: [{ text: `${nameOf(one, language)} ${sayValue(one, language)} (${one.on})`, source: source("results") }],
      }));
    const texts: RichText = notes
      .filter(({ id }) => ids.includes(id))
      .flatMap(({ id, on, items, answers }) =>
        items.flatMap(({ linkId, label }) => {
          const answer = answers[linkId];
          if (plainText(answer).trim() === "") return [];
          const from = { kind: "note" as const, id, on };
          const head = { runs: [{ text: label, bold: true as const, source: from }] };
          const lines: RichText = Array.isArray(answer)
            ? answer.map((block) => ({ ...block, runs: block.runs.map((run) => sourced(run, from)) }))
            : [{ runs: [{ text: plainText(answer), source: from }] }];
          return [head, ...lines];
        }),
      );
    if (results.length > 0) put(results, tokenOf("results", language));
    if (texts.length > 0) put(texts, tokenOf("note", language));
  }

  function put(text: RichText, token: string) {
    const live = editor.current;
    if (!live) return;
    const content = toEditor(text).content ?? [];
    const at = placeOf(live, token);
    if (at) live.chain().focus().insertContentAt(at, content).run();
    else live.chain().focus().insertContent(content).run();
  }

  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("insertFromChart")}
      </Button>
      {open && held.data && (
        <ChooseDialog
          title={t("insertFromChart")}
          verb={t("insertChosen")}
          groups={[
            { title: t("ofKind.results"), choices: offered.findings.map((row) => choiceOf(row, locale)) },
            { title: t("ofKind.measures"), choices: offered.measures.map((row) => choiceOf(row, locale)) },
            {
              title: t("ofKind.note"),
              choices: notes.map(({ id, title, on, author }) => ({ id, label: title, more: `${on} · ${author}` })),
            },
          ]}
          onChoose={insert}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

const sourced = (run: Run, source: { kind: "note"; id: string; on: string }): Run =>
  typeof run === "string" ? { text: run, source } : { ...run, source };

/** The whole paragraph that is nothing but the field, or the field alone. */
function placeOf(editor: Editor, token: string): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined;
  editor.state.doc.descendants((node, at) => {
    if (found || !node.isTextblock) return;
    const index = node.textContent.indexOf(token);
    if (index < 0) return;
    found =
      node.textContent.trim() === token
        ? { from: at, to: at + node.nodeSize }
        : { from: at + 1 + index, to: at + 1 + index + token.length };
  });
  return found;
}
