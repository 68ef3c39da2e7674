"use client";

import { type Editor, EditorContent } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { type FieldKey, fieldOf } from "#server/letter/fields-schema.ts";
import type { RichText, Source } from "#server/note/rich-text-schema.ts";
import type { OfferedPhrase } from "#server/phrase/offered-phrases.ts";
import notes from "../patients/[patient]/_note/note.module.css";
import { type PhraseKeys, PhraseMenu } from "../patients/[patient]/_note/phrase-menu.tsx";
import { FormTools } from "../patients/[patient]/_note/toolbar.tsx";
import { useRichEditor } from "../patients/[patient]/_note/use-rich-editor.ts";
import { FieldTokens } from "./field-tokens.ts";
import classes from "./letter-text.module.css";

interface LetterTextProps {
  label: string;
  help: string;
  language: "fr" | "en";
  text: RichText;
  editable: boolean;
  onChange: (text: RichText) => void;
  /** For whoever puts a text in it from outside. */
  onEditor?: (editor: Editor | null) => void;
  /** Beside the form: what may be inserted where the caret is. */
  tools?: (editor: Editor | null) => ReactNode;
  /** What a word after a full stop calls, said of this patient; none in a template, which is of nobody. */
  phrases?: { readonly offered: readonly OfferedPhrase[]; readonly manageHref: string };
}

const more = [FieldTokens];

/** The text of a letter or of a template: as a note is written, with its fields shown. Asks for the words of `notes` and `letters`. */
export function LetterText(props: LetterTextProps) {
  const { label, help, language, text, editable, onChange, onEditor, tools, phrases } = props;
  const t = useTranslations("letters");
  const [moves, setMoves] = useState(0);
  const phraseKeys = useRef<PhraseKeys>(() => false);
  const editor = useRichEditor({
    label,
    help,
    text,
    editable,
    className: `${notes.prose} ${classes.text}`,
    lang: `${language}-CA`,
    say: (source) => saySource(source, language, t),
    onChange,
    onEditor,
    onCaret: () => setMoves((before) => before + 1),
    phraseKeys: phrases && phraseKeys,
    more,
  });
  return (
    <div className={classes.frame}>
      {editable && (
        <div className={notes.toolbar} role="toolbar" aria-label={t("form")}>
          <FormTools editor={editor} />
          {tools?.(editor)}
        </div>
      )}
      <EditorContent editor={editor} className={classes.field} />
      {phrases && (
        <PhraseMenu
          editor={editor}
          moves={moves}
          phrases={phrases.offered}
          keys={phraseKeys}
          manageHref={phrases.manageHref}
        />
      )}
    </div>
  );
}

function saySource(source: Source, language: "fr" | "en", t: ReturnType<typeof useTranslations<"letters">>): string {
  if (source.kind === "note") return t("fromNote", { on: source.on });
  return t("fromChart", { name: fieldOf(source.name as FieldKey)?.[language] ?? source.name });
}
