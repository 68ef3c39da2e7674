"use client";

import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { Placeholder, UndoRedo } from "@tiptap/extensions";
import { type Editor, EditorContent, useEditor } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type FieldKey, fieldOf } from "#server/letter/fields-schema.ts";
import type { RichText, Source } from "#server/note/rich-text-schema.ts";
import notes from "../patients/[patient]/_note/note.module.css";
import { cleanPasted } from "../patients/[patient]/_note/paste-word.ts";
import { fromEditor, toEditor } from "../patients/[patient]/_note/rich-text.ts";
import { SourceMark } from "../patients/[patient]/_note/source-mark.ts";
import { FormTools } from "../patients/[patient]/_note/toolbar.tsx";
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
}

/** The text of a letter or of a template: as a note is written, with its fields shown. Asks for the words of `notes` and `letters`. */
export function LetterText(props: LetterTextProps) {
  const { label, help, language, text, editable, onEditor, tools } = props;
  const t = useTranslations("letters");
  const live = useRef(props);
  const [, setMoves] = useState(0);
  useEffect(() => {
    live.current = props;
  });
  const editor = useEditor({
    extensions: [
      Document,
      Paragraph,
      Text,
      Bold,
      Italic,
      BulletList,
      OrderedList,
      ListItem,
      ListKeymap,
      UndoRedo,
      Placeholder.configure({ placeholder: help }),
      SourceMark.configure({ say: (source: Source) => saySource(source, live.current.language, t) }),
      FieldTokens,
    ],
    content: toEditor(text),
    editable,
    immediatelyRender: false,
    // Our policy takes no style that was made here; the few rules stand in our own sheet.
    injectCSS: false,
    editorProps: {
      attributes: {
        "aria-label": label,
        class: `${notes.prose} ${classes.text}`,
        role: "textbox",
        "aria-multiline": "true",
        lang: `${language}-CA`,
      },
      transformPastedHTML: cleanPasted,
    },
    onUpdate: ({ editor: changed }) => live.current.onChange(fromEditor(changed.getJSON())),
    onSelectionUpdate: () => setMoves((before) => before + 1),
  });
  useEffect(() => {
    onEditor?.(editor);
    return () => onEditor?.(null);
  }, [editor, onEditor]);
  useEffect(() => {
    editor?.setEditable(editable, false);
  }, [editor, editable]);
  return (
    <div className={classes.frame}>
      {editable && (
        <div className={notes.toolbar} role="toolbar" aria-label={t("form")}>
          <FormTools editor={editor} />
          {tools?.(editor)}
        </div>
      )}
      <EditorContent editor={editor} className={classes.field} />
    </div>
  );
}

function saySource(source: Source, language: "fr" | "en", t: ReturnType<typeof useTranslations<"letters">>): string {
  if (source.kind === "note") return t("fromNote", { on: source.on });
  return t("fromChart", { name: fieldOf(source.name as FieldKey)?.[language] ?? source.name });
}
