"use client";

import type { AnyExtension } from "@tiptap/core";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { Placeholder, UndoRedo } from "@tiptap/extensions";
import { type Editor, useEditor } from "@tiptap/react";
import { useEffect, useRef } from "react";
import type { RichText, Source } from "#server/note/rich-text-schema.ts";
import { nextField } from "./fields.ts";
import { cleanPasted } from "./paste-word.ts";
import type { PhraseKeys } from "./phrase-menu.tsx";
import { fromEditor, toEditor } from "./rich-text.ts";
import { SourceMark } from "./source-mark.ts";

interface RichEditorProps {
  label: string;
  help: string;
  text: RichText;
  editable: boolean;
  required?: boolean;
  className: string;
  /** Of what is written, when it is not that of the screen. */
  lang?: string;
  autoFocus?: "end" | number | false;
  /** Where a piece came from, in words. */
  say: (source: Source) => string;
  onChange: (text: RichText) => void;
  onEditor?: ((editor: Editor | null) => void) | undefined;
  /** The caret moved here: the tools and the menu of phrases follow it. */
  onCaret: (editor: Editor) => void;
  /** The menu of phrases goes before the text; Tab then goes from one place to fill to the next. Absent where nothing is called by a word. */
  phraseKeys?: React.RefObject<PhraseKeys> | undefined;
  /** Beside what a note has. Known once. */
  more?: readonly AnyExtension[];
}

/** The editor of notes, letters and their templates: paragraphs, lists, bold, italic, and where a piece came from; what is pasted is cleaned first. */
export function useRichEditor(props: RichEditorProps): Editor | null {
  const { label, help, text, editable, className, lang, autoFocus = false, onEditor, more = [] } = props;
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
      SourceMark.configure({ say: (source: Source) => live.current.say(source) }),
      ...more,
    ],
    content: toEditor(text),
    editable,
    autofocus: isElsewhere() ? false : autoFocus,
    immediatelyRender: false,
    // Our policy takes no style that was made here; the few rules stand in our own sheet.
    injectCSS: false,
    editorProps: {
      attributes: {
        "aria-label": label,
        class: className,
        role: "textbox",
        "aria-multiline": "true",
        ...(lang && { lang }),
        ...(props.required && { "aria-required": "true" }),
      },
      transformPastedHTML: (html) => cleanPasted(html, lang ?? window.document.documentElement.lang),
      handleKeyDown: (view, event) => {
        const keys = live.current.phraseKeys;
        if (!keys) return false;
        if (keys.current(event)) return true;
        // Out of the text, where the page's own keys are heard.
        if (event.key === "Escape") {
          view.dom.blur();
          return true;
        }
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
    onEditor?.(editor);
    return () => onEditor?.(null);
  }, [editor, onEditor]);
  useEffect(() => {
    editor?.setEditable(editable, false);
  }, [editor, editable]);
  return editor;
}

/** Whoever has begun to write in another field, or to read a document, by the time that this one is there stays where they are. */
function isElsewhere(): boolean {
  if (typeof document === "undefined") return false;
  const held = document.activeElement;
  if (held?.matches("input, textarea, [contenteditable=true]")) return true;
  return held?.closest("[data-document-place], [data-opens-document]") != null;
}
