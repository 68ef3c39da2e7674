"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import type { DraftView } from "#server/note/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../../../_ui/focus/use-focus-back.ts";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { HeldNote } from "./held-note.tsx";
import type { LocalDraft } from "./local-drafts.ts";
import classes from "./note.module.css";
import { NoteEditor } from "./note-editor.tsx";
import { useLocalStore } from "./use-local-store.ts";
import { windowTab } from "./window-tab.ts";

interface EditNoteProps {
  id: string;
  patientId: string;
  userId: string;
  onClose: () => void;
  onSigned: (id: string) => void;
}

interface Opened {
  readonly draft: DraftView;
  /** What this browser kept and the server does not have. */
  readonly kept: LocalDraft | null;
  /** Another opening is another editor. */
  readonly turn: number;
}

/** Opens a note to write in it, with what this browser kept of it; or to read it, when somebody else is writing. */
export function EditNote({ id, patientId, userId, onClose, onSigned }: EditNoteProps) {
  useFocusBack();
  const t = useTranslations("notes");
  const say = useErrorText();
  const client = useTRPCClient();
  const store = useLocalStore(userId);
  const [opened, setOpened] = useState<Opened>();
  const [error, setError] = useState<unknown>();

  const open = useCallback(async () => {
    setError(undefined);
    try {
      const draft = await client.note.open.mutate({ id, tab: windowTab(), take: true });
      const kept = (await (await store)?.read(id).catch(() => null)) ?? null;
      setOpened((before) => ({ draft, kept: kept && !same(draft, kept) ? kept : null, turn: (before?.turn ?? 0) + 1 }));
    } catch (failure) {
      setError(failure);
    }
  }, [client, id, store]);
  useEffect(() => void open(), [open]);

  if (error) {
    const told = say(error);
    // Signed or put aside meanwhile: it is read, not written.
    if (told.code === "NotFound") return <Gone id={id} onSigned={onSigned} />;
    return (
      <div className={classes.pad}>
        <ErrorPanel requestId={told.requestId} onRetry={() => void open()}>
          {told.message}
        </ErrorPanel>
      </div>
    );
  }
  if (!opened)
    return (
      <div className={classes.pad} role="status" aria-label={t("opening")}>
        <SkeletonRows />
      </div>
    );
  const { draft, kept, turn } = opened;
  if (!draft.held) return <HeldNote draft={draft} onFree={() => void open()} onClose={onClose} />;
  return (
    <NoteEditor
      key={turn}
      draft={draft}
      kept={kept}
      patientId={patientId}
      userId={userId}
      store={store}
      onClose={onClose}
      onSigned={onSigned}
      onReopen={() => void open()}
    />
  );
}

function Gone({ id, onSigned }: { id: string; onSigned: (id: string) => void }) {
  useEffect(() => onSigned(id), [id, onSigned]);
  return null;
}

const same = ({ title, answers, diagnoses }: DraftView, { content }: LocalDraft) =>
  JSON.stringify([title, answers, diagnoses]) === JSON.stringify([content.title, content.answers, content.diagnoses]);
