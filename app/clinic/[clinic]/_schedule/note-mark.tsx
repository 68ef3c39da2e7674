import { IconPencil, IconSignature, IconWriting } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./note-mark.module.css";
import type { NoteState } from "./use-notes-of-day.ts";

const icons = { signed: IconSignature, unsigned: IconWriting, none: IconPencil };

/** Where the note of a visit stands: an icon and its words; the words give way on a narrow screen, and are still said. */
export function NoteMark({ state }: { state: NoteState }) {
  const t = useTranslations("agenda.noteStates");
  const Icon = icons[state];
  return (
    <span className={classes.mark} data-note={state} title={t(state)}>
      <Icon aria-hidden />
      <span>{t(state)}</span>
    </span>
  );
}
