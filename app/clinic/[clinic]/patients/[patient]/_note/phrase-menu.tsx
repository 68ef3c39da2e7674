"use client";

import { Portal } from "@mantine/core";
import { closeHistory } from "@tiptap/pm/history";
import type { Editor } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { plainText } from "#server/note/rich-text-schema.ts";
import type { OfferedPhrase } from "#server/phrase/offered-phrases.ts";
import { KeyCap } from "../../../../../_ui/key-cap/key-cap.tsx";
import { nextField } from "./fields.ts";
import classes from "./note.module.css";
import { toEditor } from "./rich-text.ts";

/** Says whether the menu took a key. */
export type PhraseKeys = (event: KeyboardEvent) => boolean;

interface Call {
  readonly editor: Editor;
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly left: number;
  readonly place: { readonly top: number } | { readonly bottom: number };
}

const most = 5;
/** The menu at its tallest, in pixels. */
const tallest = 340;
/** A full stop that begins a word, and what follows it up to the caret. */
const called = /(?:^|[\s(«])\.([a-z0-9]{0,30})$/i;

interface PhraseMenuProps {
  /** The editor where the caret is, and a number that changes with each move of it. */
  editor: Editor | null;
  moves: number;
  phrases: readonly OfferedPhrase[];
  keys: React.RefObject<PhraseKeys>;
  /** Where one's phrases are written. */
  manageHref: string;
}

/** Under the caret, what a word after a full stop may call, with the very text that it puts in the note. */
export function PhraseMenu({ editor, moves, phrases, keys, manageHref }: PhraseMenuProps) {
  const t = useTranslations("notes");
  const [closed, setClosed] = useState<string>();
  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret moved
  const call = useMemo(() => (editor ? callAt(editor) : undefined), [editor, moves]);
  const found = useMemo(() => (call ? match(phrases, call.word.toLowerCase()) : []), [call, phrases]);
  const name = call && `${call.from} ${call.word}`;
  const shown = call && found.length > 0 && closed !== name ? call : undefined;
  const chosen = Math.min(at, found.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another word begins at its first line
  useEffect(() => setAt(0), [name]);

  const insert = useRef((_: OfferedPhrase, _space?: " ") => {});
  insert.current = (phrase, space) => {
    if (!shown) return;
    const nodes = toEditor(phrase.text).content ?? [];
    const [only] = nodes;
    const inline = nodes.length === 1 && only?.type === "paragraph";
    const { editor: into, from: start, to } = shown;
    if (space) {
      // As it was typed first, and a step of its own: taken back, the word stands as it is.
      into.view.dispatch(into.state.tr.insertText(space, to));
      into.view.dispatch(closeHistory(into.state.tr));
    }
    const after = inline && space ? [{ type: "text", text: space }] : [];
    into
      .chain()
      .focus()
      .insertContentAt(
        { from: start, to: to + (space?.length ?? 0) },
        inline ? [...(only.content ?? []), ...after] : nodes,
      )
      .run();
    nextFieldIn(into, start);
  };

  useEffect(() => {
    keys.current = (event) => {
      if (!shown || event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const step = event.key === "ArrowDown" ? 1 : -1;
        setAt((chosen + step + found.length) % found.length);
        return true;
      }
      if (event.key === "Enter" || event.key === "Tab") {
        insert.current(found[chosen] as OfferedPhrase);
        return true;
      }
      // A phrase by its whole word, as one types on.
      const whole = found.find(({ code }) => code === shown.word.toLowerCase());
      if (event.key === " " && !event.shiftKey && !event.isComposing && whole) {
        insert.current(whole, " ");
        return true;
      }
      if (event.key !== "Escape") return false;
      event.stopPropagation();
      setClosed(name);
      return true;
    };
  }, [keys, shown, found, chosen, name]);

  if (!shown) return null;
  return (
    <Portal>
      <div className={classes.menu} style={{ left: shown.left, ...shown.place }}>
        <div role="listbox" aria-label={t("phrases")}>
          {found.map((phrase, index) => (
            <div
              key={phrase.code}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={classes.menuItem}
              data-chosen={index === chosen || undefined}
              // Before the editor loses the caret.
              onMouseDown={(event) => {
                event.preventDefault();
                insert.current(phrase);
              }}
              onMouseEnter={() => setAt(index)}
            >
              <span className={classes.menuCode}>.{phrase.code}</span>
              <span className={classes.menuWords}>
                <span>{phrase.title}</span>
                <span className={classes.menuText}>« {preview(phrase)} »</span>
              </span>
            </div>
          ))}
        </div>
        <div className={classes.menuFoot}>
          <KeyCap>↑</KeyCap> <KeyCap>↓</KeyCap> {t("choose")} <KeyCap>Tab</KeyCap> {t("nextField")}
          <a href={manageHref} target="_blank" rel="noreferrer">
            {t("myPhrases")}
          </a>
        </div>
      </div>
    </Portal>
  );
}

function callAt(editor: Editor): Call | undefined {
  const { selection } = editor.state;
  if (!editor.isEditable || !selection.empty) return undefined;
  const { $from, from } = selection;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
  const word = called.exec(before)?.[1];
  if (word === undefined) return undefined;
  const start = from - word.length - 1;
  const { left, top, bottom } = editor.view.coordsAtPos(start);
  const above = bottom + tallest > window.innerHeight && top > tallest;
  return {
    editor,
    from: start,
    to: from,
    word,
    left: Math.max(8, Math.min(left, window.innerWidth - 508)),
    place: above ? { bottom: window.innerHeight - top + 8 } : { top: bottom + 8 },
  };
}

function match(phrases: readonly OfferedPhrase[], word: string): OfferedPhrase[] {
  const found = phrases.filter(({ code }) => code.startsWith(word));
  // The whole word first, whatever else it begins.
  return [...found.filter(({ code }) => code === word), ...found.filter(({ code }) => code !== word)].slice(0, most);
}

function preview({ text }: OfferedPhrase): string {
  const said = plainText([...text]).replaceAll("\n", " ");
  return said.length > 110 ? `${said.slice(0, 108)}…` : said;
}

/** The first place to fill in what was just put there. */
function nextFieldIn(editor: Editor, from: number): void {
  const end = editor.state.selection.to;
  const inserted = editor.state.doc.textBetween(from, end, "\n");
  if (/\[[^[\]\n]{1,60}\]/.test(inserted)) nextField(editor.view, from);
}
