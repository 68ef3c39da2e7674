"use client";

import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { NoteView } from "#server/note/read-note.ts";
import type { AmendNoteInput } from "#server/note/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import { AllVersions, CorrectAct } from "./all-versions.tsx";
import { ErrorDialog, ReasonDialog } from "./error-dialog.tsx";
import classes from "./note.module.css";
import { arrangeVersions } from "./versions.ts";
import { windowTab } from "./window-tab.ts";

interface ReadNoteProps {
  id: string;
  mayWrite: boolean;
  onClose: () => void;
  onEdit: (id: string) => void;
}

/** A signed note: the version that stands, what was added to it, and the earlier versions of each, one press away and always on paper (AC-48). */
export function ReadNote({ id, mayWrite, onClose, onEdit }: ReadNoteProps) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = useQuery(trpc.note.read.queryOptions({ id }, { staleTime: 0 }));
  const addendumId = useRef<string>(crypto.randomUUID());
  const [inError, setInError] = useState<NoteView>();
  /** What is corrected, and the id of its correction: pressed twice, it is one. */
  const [correcting, setCorrecting] = useState<{ id: string; note: NoteView }>();
  const [busy, setBusy] = useState(false);

  if (query.isError) {
    const told = say(query.error);
    return (
      <div className={classes.pad}>
        <ErrorPanel requestId={told.requestId} onRetry={() => void query.refetch()}>
          {told.message}
        </ErrorPanel>
        <Button variant="subtle" onClick={onClose}>
          {t("allNotes")}
        </Button>
      </div>
    );
  }
  if (!query.data)
    return (
      <div className={classes.pad}>
        <SkeletonRows />
      </div>
    );
  const arranged = arrangeVersions(query.data);
  if (!arranged) return null;
  const { note, addenda, pending } = arranged;
  const { shown } = note;
  // The note itself, where it is not hidden from whoever reads.
  const first = query.data.find((one) => one.id === note.of) ?? shown;

  async function amend(input: AmendNoteInput) {
    setBusy(true);
    try {
      const begun = await client.note.amend.mutate(input);
      onEdit(begun.id);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
      setCorrecting(undefined);
      // Somebody corrects it already: what to do about it is in the note.
      void query.refetch();
    }
  }

  const addAddendum = () => amend({ id: addendumId.current, noteId: shown.id, relation: "addendum", tab: windowTab() });

  async function cosign({ id: noteId, version }: NoteView) {
    setBusy(true);
    try {
      await client.note.cosign.mutate({ id: noteId, version });
      toast({ message: t("cosigned") });
      await query.refetch();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className={classes.pane} aria-label={first.title || first.template}>
      <header className={classes.head}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onClose}
        >
          {t("allNotes")}
        </Button>
        <h2 className={classes.title}>{first.title || first.template}</h2>
        <span className={classes.template}>
          {first.title ? t("templateVersion", { title: first.template, number: first.number }) : `v${first.number}`}
        </span>
      </header>
      <div className={classes.scroll}>
        <AllVersions versions={note} visit={first} onCosign={mayWrite ? cosign : undefined} busy={busy} />
        {addenda.map((one) => (
          <div key={one.of} className={classes.later} data-relation="addendum">
            <h3 className={classes.laterTitle}>{t("addendumTitle")}</h3>
            <AllVersions
              versions={one}
              onCosign={mayWrite ? cosign : undefined}
              busy={busy}
              act={
                mayWrite &&
                first.status !== "entered-in-error" && (
                  <CorrectAct
                    versions={one}
                    busy={busy}
                    label={t("correctAddendum")}
                    size="compact-sm"
                    onCorrect={() => setCorrecting({ id: crypto.randomUUID(), note: one.shown })}
                    onEdit={onEdit}
                  />
                )
              }
            />
          </div>
        ))}
      </div>
      {mayWrite && isSigned(shown) && (
        <footer className={classes.foot} data-acts-below="note">
          {first.mayDeclareError && (
            <Button variant="subtle" color="brique" size="compact-sm" onClick={() => setInError(first)}>
              {t("markInError")}
            </Button>
          )}
          <MakeTask
            start={{
              title: first.title || first.template,
              patientId: first.patientId,
              focus: { kind: "note", id: first.id },
            }}
          />
          <span className={classes.mainActs}>
            <CorrectAct
              versions={note}
              busy={busy}
              label={t("correct")}
              onCorrect={() => setCorrecting({ id: crypto.randomUUID(), note: shown })}
              onEdit={onEdit}
            />
            {pending ? (
              <Button variant="default" onClick={() => onEdit(pending.id)}>
                {t(pending.mine ? "goOnAmending" : "seeAmending", { name: pending.author })}
              </Button>
            ) : (
              <Button onClick={() => void addAddendum()} disabled={busy}>
                {t("addAddendum")}
              </Button>
            )}
          </span>
        </footer>
      )}
      {correcting && (
        <ReasonDialog
          title={t(correcting.note.versionOf === note.of ? "correctTitle" : "correctAddendumTitle")}
          lead={t("correctLead")}
          act={t("correct")}
          most={300}
          onAct={(reason) =>
            amend({
              ...{ id: correcting.id, noteId: correcting.note.id, relation: "correction" },
              ...{ reason, tab: windowTab() },
            })
          }
          onClose={() => setCorrecting(undefined)}
        />
      )}
      {inError && (
        <ErrorDialog
          note={inError}
          onClose={() => setInError(undefined)}
          onDone={() => {
            setInError(undefined);
            void query.refetch();
          }}
        />
      )}
    </section>
  );
}

const isSigned = ({ status }: NoteView) => status === "final" || status === "amended";
