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
import { useEffect, useRef } from "react";
import type { RichText, Source } from "#server/note/rich-text-schema.ts";
import { nextField } from "./fields.ts";
import classes from "./note.module.css";
import { cleanPasted } from "./paste-word.ts";
import type { PhraseKeys } from "./phrase-menu.tsx";
import { fromEditor, toEditor } from "./rich-text.ts";
import { SourceMark } from "./source-mark.ts";

interface SectionEditorProps {
  label: string;
  help: string;
  text: RichText;
  editable: boolean;
  /** Where the caret comes to when the note opens; false: in another section. */
  autoFocus: "end" | number | false;
  onChange: (text: RichText) => void;
  onEditor: (editor: Editor | null) => void;
  /** The caret is in this section: the toolbar and the menu of phrases follow it. */
  onCaret: (editor: Editor) => void;
  phraseKeys: React.RefObject<PhraseKeys>;
}

/** One section of a note: paragraphs, lists, bold, italic; what is pasted is cleaned first. */
export function SectionEditor(props: SectionEditorProps) {
  const { label, help, text, editable, autoFocus, onEditor } = props;
  const t = useTranslations("notes");
  const live = useRef(props);
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
      SourceMark.configure({ say: (source: Source) => saySource(source, t) }),
    ],
    content: toEditor(text),
    editable,
    autofocus: autoFocus,
    immediatelyRender: false,
    // Our policy takes no style that was made here; the few rules stand in our own sheet.
    injectCSS: false,
    editorProps: {
      attributes: { "aria-label": label, class: classes.prose ?? "", role: "textbox", "aria-multiline": "true" },
      transformPastedHTML: cleanPasted,
      handleKeyDown: (view, event) => {
        if (live.current.phraseKeys.current(event)) return true;
        if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey) return nextField(view);
        return false;
      },
    },
    onUpdate: ({ editor: changed }) => {
      live.current.onChange(fromEditor(changed.getJSON()));
      live.current.onCaret(changed);
    },
    onSelectionUpdate: ({ editor: moved }) => live.current.onCaret(moved),
    onFocus: ({ editor: focused }) => live.current.onCaret(focused),
  });
  useEffect(() => {
    onEditor(editor);
    return () => onEditor(null);
  }, [editor, onEditor]);
  useEffect(() => {
    editor?.setEditable(editable, false);
  }, [editor, editable]);
  return <EditorContent editor={editor} className={classes.field} />;
}

function saySource(source: Source, t: ReturnType<typeof useTranslations<"notes">>): string {
  if (source.kind === "note") return t("fromNote", { on: source.on });
  return source.on ? t("fromChartOn", { name: source.name, on: source.on }) : t("fromChart", { name: source.name });
}
