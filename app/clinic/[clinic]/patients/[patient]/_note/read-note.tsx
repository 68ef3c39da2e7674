"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { IconArrowLeft, IconChevronRight, IconClockExclamation, IconLock, IconSignature } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, type SyntheticEvent, useId, useRef, useState } from "react";
import type { NoteView } from "#server/note/read-note.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import classes from "./note.module.css";
import { NoteText } from "./note-text.tsx";
import { VisitMark } from "./visit-mark.tsx";
import { windowTab } from "./window-tab.ts";

interface ReadNoteProps {
  id: string;
  mayWrite: boolean;
  onClose: () => void;
  onEdit: (id: string) => void;
}

/** A signed note: the version that stands, what was added to it, and the earlier versions, one press away and always on paper (AC-48). */
export function ReadNote({ id, mayWrite, onClose, onEdit }: ReadNoteProps) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = useQuery(trpc.note.read.queryOptions({ id }, { staleTime: 0 }));
  const ids = useRef({ addendum: crypto.randomUUID() as string, correction: crypto.randomUUID() as string });
  const [inError, setInError] = useState<NoteView>();
  const [correcting, setCorrecting] = useState(false);
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
  const [note, ...later] = query.data;
  if (!note) return null;
  const signed = later.filter(({ status }) => status !== "preliminary");
  const addenda = signed.filter(({ relation }) => relation !== "correction");
  const versions = [note, ...signed.filter(({ relation }) => relation === "correction")];
  const standing = versions.findLast(({ status }) => status !== "amended") ?? note;
  const earlier = versions.filter((one) => one !== standing).reverse();
  const pending = later.find(({ status }) => status === "preliminary");
  const stands = note.status === "final" || note.status === "amended";

  /** A reason makes it a correction. */
  async function amend(reason?: string) {
    if (!note) return;
    setBusy(true);
    try {
      const [noteId, tab] = [note.id, windowTab()];
      const begun = await client.note.amend.mutate(
        reason === undefined
          ? { id: ids.current.addendum, noteId, relation: "addendum", tab }
          : { id: ids.current.correction, noteId, relation: "correction", reason, tab },
      );
      onEdit(begun.id);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
      setCorrecting(false);
      // Somebody corrects it already: what to do about it is in the note.
      void query.refetch();
    }
  }

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
    <section className={classes.pane} aria-label={note.title || note.template}>
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
        <h2 className={classes.title}>{note.title || note.template}</h2>
        <span className={classes.template}>{t("templateVersion", { title: note.template, number: note.number })}</span>
      </header>
      <div className={classes.scroll}>
        {standing !== note && <Why note={standing} />}
        <OneNote note={standing} visit={note} onCosign={mayWrite ? cosign : undefined} busy={busy} />
        {addenda.map((one) => (
          <div key={one.id} className={classes.later} data-relation={one.relation}>
            <h3 className={classes.laterTitle}>{t("addendumTitle")}</h3>
            <OneNote note={one} onCosign={mayWrite ? cosign : undefined} busy={busy} />
          </div>
        ))}
        {earlier.length > 0 && (
          <Earlier count={earlier.length}>
            {earlier.map((one) => (
              <div key={one.id} className={classes.later} data-relation={one.relation ?? "first"}>
                {one === note ? <h3 className={classes.laterTitle}>{t("firstVersion")}</h3> : <Why note={one} />}
                <OneNote
                  note={one}
                  visit={one === note ? note : undefined}
                  onCosign={mayWrite ? cosign : undefined}
                  busy={busy}
                />
              </div>
            ))}
          </Earlier>
        )}
      </div>
      {mayWrite && stands && (
        <footer className={classes.foot} data-acts-below="note">
          {note.mayDeclareError && (
            <Button variant="subtle" color="brique" size="compact-sm" onClick={() => setInError(note)}>
              {t("markInError")}
            </Button>
          )}
          <MakeTask
            start={{
              title: note.title || note.template,
              patientId: note.patientId,
              focus: { kind: "note", id: note.id },
            }}
          />
          <span className={classes.mainActs}>
            {pending ? (
              <Button variant="default" onClick={() => onEdit(pending.id)}>
                {t(pending.mine ? "goOnAmending" : "seeAmending", { name: pending.author })}
              </Button>
            ) : (
              <>
                {note.mayCorrect && (
                  <Button variant="default" onClick={() => setCorrecting(true)} disabled={busy}>
                    {t("correct")}
                  </Button>
                )}
                <Button onClick={() => void amend()} disabled={busy}>
                  {t("addAddendum")}
                </Button>
              </>
            )}
          </span>
        </footer>
      )}
      {correcting && (
        <ReasonDialog
          title={t("correctTitle")}
          lead={t("correctLead")}
          act={t("correct")}
          most={300}
          onAct={(reason) => amend(reason)}
          onClose={() => setCorrecting(false)}
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

/** Of a correction: that it is one, and why. */
function Why({ note }: { note: NoteView }) {
  const t = useTranslations("notes");
  return (
    <>
      <h3 className={classes.laterTitle}>{t("correctionTitle")}</h3>
      {note.correctionReason && (
        <p className={classes.because}>{t("correctionBecause", { reason: note.correctionReason })}</p>
      )}
    </>
  );
}

/** What was signed before: folded on the screen, whole on paper. */
function Earlier({ count, children }: { count: number; children: ReactNode }) {
  const t = useTranslations("notes");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.earlier}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconChevronRight size={16} className={classes.earlierMark} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen((before) => !before)}
      >
        {t("earlierVersions", { count })}
      </Button>
      <div id={id} className={classes.earlierTexts} data-open={isOpen || undefined}>
        {children}
      </div>
    </div>
  );
}

function OneNote({
  note,
  visit,
  busy,
  onCosign,
}: {
  note: NoteView;
  /** The note that says of which visit it is, and why the person came. */
  visit?: NoteView | undefined;
  busy: boolean;
  onCosign: ((note: NoteView) => void) | undefined;
}) {
  const t = useTranslations("notes");
  const limited = note.audience.professions.length + note.audience.userIds.length > 0;
  return (
    <article className={classes.one} data-status={note.status}>
      <p className={classes.facts}>
        <span className={classes.day}>
          <Moment at={note.occurredAt} as="dateAndTime" />
        </span>
        {visit && <VisitMark visitAt={visit.visitAt} occurredAt={visit.occurredAt} />}
        {note.signedBy || note.author}
        {note.late && (
          <Chip tone="attention" icon={<IconClockExclamation size={14} />}>
            {t("late")}
          </Chip>
        )}
        {limited && (
          <Chip tone="info" icon={<IconLock size={14} />}>
            {t("private")}
          </Chip>
        )}
        {note.status === "amended" && <Chip tone="attention">{t("amended")}</Chip>}
        {note.status === "entered-in-error" && <Chip tone="danger">{t("inError")}</Chip>}
        {visit?.reason && <span className={classes.under}>{visit.reason}</span>}
      </p>
      {note.status === "entered-in-error" && (
        <p className={classes.refused}>
          {t("inErrorBy", { name: note.errorBy ?? "", reason: note.errorReason ?? "" })}
        </p>
      )}
      <NoteText items={note.items} answers={note.answers} diagnoses={note.diagnoses} />
      {note.signedAt && (
        <p className={classes.signature}>
          <IconSignature size={16} aria-hidden />
          <span>
            {t("begunAt")} <Moment at={note.begunAt} as="dateAndTime" />
            {" · "}
            {t("signedBy", { name: note.signedBy })} <Moment at={note.signedAt} as="dateAndTime" />
            {note.cosignedAt && (
              <>
                {" · "}
                {t("cosignedBy", { name: note.cosigner ?? "" })} <Moment at={note.cosignedAt} as="dateAndTime" />
              </>
            )}
            {note.cosigner && !note.cosignedAt && ` · ${t("awaitsCosign", { name: note.cosigner })}`}
            {note.hash && (
              <span className={classes.hash} title={note.hash}>
                {t("seal", { hash: note.hash.slice(0, 12) })}
              </span>
            )}
          </span>
          {note.mayCosign && onCosign && (
            <Button size="compact-sm" onClick={() => onCosign(note)} loading={busy}>
              {t("cosign")}
            </Button>
          )}
        </p>
      )}
    </article>
  );
}

function ErrorDialog({ note, onClose, onDone }: { note: NoteView; onClose: () => void; onDone: () => void }) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();

  async function mark(reason: string) {
    try {
      await client.note.markInError.mutate({ id: note.id, version: note.version, reason });
      toast({ message: t("markedInError") });
      onDone();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <ReasonDialog
      title={t("inErrorTitle")}
      lead={t("inErrorLead")}
      act={t("markInError")}
      color="brique"
      most={500}
      onAct={mark}
      onClose={onClose}
    />
  );
}

interface ReasonDialogProps {
  title: string;
  lead: string;
  act: string;
  color?: string;
  /** Characters, at most. */
  most: number;
  onAct: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Why, and then the act: Ctrl+Enter does it from the field. */
function ReasonDialog({ title, lead, act, color, most, onAct, onClose }: ReasonDialogProps) {
  const t = useTranslations("notes");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (reason.trim() === "" || busy) return;
    setBusy(true);
    await onAct(reason);
    setBusy(false);
  }

  return (
    <Modal opened onClose={onClose} title={title} size={480}>
      <form onSubmit={submit}>
        <p>{lead}</p>
        <Textarea
          label={t("why")}
          value={reason}
          maxLength={most}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
          }}
          data-autofocus
        />
        <div className={classes.acts}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" {...(color && { color })} loading={busy} disabled={reason.trim() === ""}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
