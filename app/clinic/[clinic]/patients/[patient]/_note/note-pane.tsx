"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { EditNote } from "./edit-note.tsx";
import { justRead } from "./first-notes.ts";
import classes from "./note.module.css";
import { NotesList } from "./notes-list.tsx";
import type { AskedProblem } from "./problem-notes.tsx";
import { ReadNote } from "./read-note.tsx";
import { StartNote } from "./start-note.tsx";

interface NotePaneProps {
  patientId: string;
  /** The visit that the chart was opened for. */
  appointmentId?: string | undefined;
  mayWrite: boolean;
  /** Whose notes were asked for elsewhere in the chart; another asking is another object. */
  problem: AskedProblem | undefined;
  onEveryNote: () => void;
}

/** What the pane shows: the notes, one of them, or one being written. */
type Shown = { readonly is: "list" } | { readonly is: "read" | "edit"; readonly id: string };

/** The middle of the chart: the note being written, an earlier one that is read, or where a new one begins. */
export function NotePane({ patientId, appointmentId, mayWrite, problem, onEveryNote }: NotePaneProps) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const trpc = useTRPC();
  const [shown, setShown] = useState<Shown>();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const drafts = useQuery({
    ...trpc.note.drafts.queryOptions({ patientId, appointmentId }),
    enabled: mayWrite,
    staleTime: justRead,
  });

  // The address of the pane: read again, it is the same note.
  useEffect(() => {
    const asked = new URLSearchParams(window.location.search).get("note");
    if (asked) setShown({ is: "read", id: asked });
  }, []);
  useEffect(() => {
    if (shown || !drafts.data) return;
    // What this person writes here goes on by itself; that of the visit before all.
    const own = drafts.data.find(({ mine, ofVisit }) => mine && (ofVisit || !appointmentId));
    if (own) setShown({ is: "edit", id: own.id });
  }, [drafts.data, shown, appointmentId]);

  const [asked, setAsked] = useState<AskedProblem>();
  if (problem !== asked) {
    setAsked(problem);
    if (problem) setShown({ is: "list" });
  }

  function show(next: Shown) {
    setShown(next);
    const address = new URL(window.location.href);
    if (next.is === "read") address.searchParams.set("note", next.id);
    else address.searchParams.delete("note");
    window.history.replaceState(null, "", address);
  }
  const showList = () => {
    show({ is: "list" });
    void drafts.refetch();
  };

  if (me.isError || (mayWrite && drafts.isError)) {
    const error = say(me.error ?? drafts.error);
    return (
      <div className={classes.pad}>
        <ErrorPanel requestId={error.requestId} onRetry={() => void drafts.refetch()}>
          {error.message}
        </ErrorPanel>
      </div>
    );
  }
  if (!me.data || (mayWrite && drafts.isPending))
    return (
      <div className={classes.pad}>
        <SkeletonRows />
      </div>
    );
  const current = shown ?? { is: "list" };
  if (current.is === "edit" || (current.is === "read" && drafts.data?.some(({ id }) => id === current.id)))
    return (
      <EditNote
        key={current.id}
        id={current.id}
        patientId={patientId}
        userId={me.data.user.id}
        onClose={showList}
        onSigned={(id) => {
          show({ is: "read", id });
          void drafts.refetch();
        }}
      />
    );
  if (current.is === "read")
    return (
      <ReadNote
        key={current.id}
        id={current.id}
        mayWrite={mayWrite}
        onClose={showList}
        onEdit={(id) => {
          void drafts.refetch();
          show({ is: "edit", id });
        }}
      />
    );
  return (
    <section className={classes.pane} aria-label={t("title")}>
      <div className={classes.scroll}>
        {mayWrite && !problem && (
          <StartNote
            patientId={patientId}
            appointmentId={appointmentId}
            drafts={drafts.data ?? []}
            onOpen={(id) => show({ is: "edit", id })}
          />
        )}
        <NotesList
          patientId={patientId}
          withoutDrafts={mayWrite}
          problem={problem}
          onEveryNote={onEveryNote}
          onOpen={(id) => show({ is: "read", id })}
          onEdit={(id) => show({ is: "edit", id })}
        />
      </div>
    </section>
  );
}
