"use client";

import { type Editor, EditorContent } from "@tiptap/react";
import { useTranslations } from "next-intl";
import type { RichText, Source } from "#server/note/rich-text-schema.ts";
import classes from "./note.module.css";
import type { PhraseKeys } from "./phrase-menu.tsx";
import { useRichEditor } from "./use-rich-editor.ts";

interface SectionEditorProps {
  label: string;
  help: string;
  text: RichText;
  editable: boolean;
  /** Not signed without it. */
  required: boolean;
  /** Where the caret comes to when the note opens; false: in another section. */
  autoFocus: "end" | number | false;
  onChange: (text: RichText) => void;
  onEditor: (editor: Editor | null) => void;
  /** The caret is in this section: the toolbar and the menu of phrases follow it. */
  onCaret: (editor: Editor) => void;
  phraseKeys: React.RefObject<PhraseKeys>;
}

/** One section of a note. */
export function SectionEditor(props: SectionEditorProps) {
  const t = useTranslations("notes");
  const editor = useRichEditor({ ...props, className: classes.prose ?? "", say: (source) => saySource(source, t) });
  return <EditorContent editor={editor} className={classes.field} />;
}

function saySource(source: Source, t: ReturnType<typeof useTranslations<"notes">>): string {
  if (source.kind === "note") return t("fromNote", { on: source.on });
  return source.on ? t("fromChartOn", { name: source.name, on: source.on }) : t("fromChart", { name: source.name });
}
