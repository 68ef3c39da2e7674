"use client";

import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { DraftView } from "#server/note/record.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { useLive } from "../../../_schedule/use-live.ts";
import classes from "./note.module.css";
import { NoteText } from "./note-text.tsx";

/** After the end of a hold that gave no sign: then it is anybody's. */
const graceMs = 1_000;

interface HeldNoteProps {
  draft: DraftView;
  /** Nobody holds it any more, or it was signed: to be opened again. */
  onFree: () => void;
  onClose: () => void;
}

/** A note that somebody else is writing: who, since their last word, and the text as it was saved. It opens by itself once it is free. */
export function HeldNote({ draft, onFree, onClose }: HeldNoteProps) {
  const t = useTranslations("notes");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const watch = useQuery({
    queryKey: trpc.note.watch.queryKey({ id: draft.id }),
    queryFn: ({ signal }) =>
      client.note.watch.query({ id: draft.id }, { signal, context: { background: true, ungated: true } }),
    staleTime: 0,
  });
  const { data, refetch } = watch;
  useLive(() => void refetch(), "note");
  // A browser that died tells nothing: the end of its hold is all there is to wait for.
  const until = data?.holder?.until;
  useEffect(() => {
    if (!until) return;
    const end = setTimeout(() => void refetch(), Math.max(0, until.getTime() - Date.now()) + graceMs);
    return () => clearTimeout(end);
  }, [until, refetch]);
  const moved = data && (data.closed || data.holder === null || data.revision !== draft.revision);
  // Read again as it is now: what was saved meanwhile, or the edit itself.
  useEffect(() => {
    if (moved) onFree();
  }, [moved, onFree]);
  const by = draft.heldBy;
  return (
    <section className={classes.pane} aria-label={draft.title || draft.template.title}>
      <header className={classes.head}>
        <h2 className={classes.title}>{draft.title || draft.template.title}</h2>
        <Button variant="subtle" size="compact-sm" onClick={onClose} ml="auto">
          {t("allNotes")}
        </Button>
      </header>
      <p className={classes.held} role="status">
        <IconPencil size={18} aria-hidden />
        <span>
          <strong>{t("writes", { name: by?.name ?? draft.savedBy })}</strong> {t("lastSaved")}{" "}
          <Moment at={draft.savedAt} as="time" />. {t("freeSoon")}
        </span>
      </p>
      <div className={classes.scroll}>
        <NoteText items={draft.template.items} answers={draft.answers} diagnoses={draft.diagnoses} />
      </div>
    </section>
  );
}
