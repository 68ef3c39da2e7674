"use client";

import { Button, Checkbox, Modal, Select, Textarea } from "@mantine/core";
import { IconArrowRight, IconCheck, IconSend, IconSignature } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import type { DocumentView } from "#server/document/read-document.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { SendDrawer } from "../_sending/send-drawer.tsx";
import { MakeTask } from "../_tasks/make-task.tsx";
import { DocumentLink } from "../patients/[patient]/_documents/document-link.tsx";
import { AnswersRequest } from "./answers-request.tsx";
import { DescribeDocument } from "./describe-document.tsx";
import classes from "./documents.module.css";
import { NamesAnother } from "./names-another.tsx";
import { useReviewers } from "./use-reviewers.ts";
import { WriteResult } from "./write-result.tsx";

/** What may answer a request for a consultation. */
const reports: ReadonlySet<string> = new Set([
  "consultation",
  "imaging",
  "laboratory",
  "pathology",
  "functional",
  "hospital",
  "operative",
  "other",
]);

interface ReviewPaneProps {
  document: DocumentView;
  /** May sign and send on. */
  mayReview: boolean;
  /** May take it out of the wrong chart. */
  mayUnfile: boolean;
  /** In a worklist the next one opens; elsewhere the document stays. */
  inList: boolean;
  /** Beside a note: what it is stands above its pages already, and its acts take few lines under them. */
  beside: boolean;
  /** The next one of the chart that waits for this person. */
  following?: Following | undefined;
  onGone: () => void;
  onChanged: () => void;
}

export interface Following {
  readonly title: string;
  readonly open: () => void;
}

/** A filed document: what it is, what was said of it, and its acts: sign, send on, take out of the wrong chart. */
export function ReviewPane(props: ReviewPaneProps) {
  const { document, mayReview, mayUnfile, inList, beside, following, onGone, onChanged } = props;
  const t = useTranslations("documents");
  const outwards = useTranslations("sending.send");
  const locale = languageOf(useLocale());
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [comment, setComment] = useState("");
  const [noteId, setNoteId] = useState(() => crypto.randomUUID() as string);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<"send" | "unfile" | "outwards" | "describe">();
  const { id, version, patientName, notes } = document;
  // Signed by this person already: once is enough, unless they say something more.
  const isDone = document.reviewedByReader && !comment.trim();
  const filed = document.status === "filed" || document.status === "reviewed";

  async function act(work: () => Promise<unknown>, message: string, gone: boolean) {
    setBusy(true);
    try {
      await work();
      toast({ message, of: { [id]: version + 1 } });
      setComment("");
      setAsked(undefined);
      setNoteId(crypto.randomUUID());
      if (gone) onGone();
      else onChanged();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      if (["Conflict", "NotFound"].includes(say(error).code)) onChanged();
    } finally {
      setBusy(false);
    }
  }

  function sign(event?: FormEvent) {
    event?.preventDefault();
    if (busy || isDone) return;
    void act(() => client.document.signOff.mutate({ id, version, noteId, comment }), t("review.done"), inList);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) sign();
  }

  return (
    <>
      {!beside && (
        <>
          <h2 className={classes.sideTitle}>{document.title || document.fileName}</h2>
          <dl className={classes.facts2}>
            {patientName && (
              <>
                <dt>{t("file.patient")}</dt>
                <dd>
                  {patientName}
                  {document.birthDate && <span className="cv-nowrap">{` · ${document.birthDate}`}</span>}
                </dd>
              </>
            )}
            {document.documentType && (
              <>
                <dt>{t("file.type")}</dt>
                <dd>{t(`types.${document.documentType}`)}</dd>
              </>
            )}
            <dt>{t("file.date")}</dt>
            <dd>{document.datedOn}</dd>
            {document.sourceAuthor && (
              <>
                <dt>{t("file.author")}</dt>
                <dd>{document.sourceAuthor}</dd>
              </>
            )}
          </dl>
        </>
      )}
      {filed && document.named && document.named.id !== document.patientId && (
        <NamesAnother named={document.named} chart={patientName ?? ""} />
      )}
      <p className={classes.standing}>
        {document.replacedById && <Chip>{t("replaced")}</Chip>}
        {!filed && <Chip>{t(`status.${document.status}`)}</Chip>}
        {document.reviewer && <Chip tone="attention">{t("review.waitsFor", { name: document.reviewer })}</Chip>}
        {!document.reviewer && document.reviewedBy && (
          <Chip tone="good">
            {t("review.reviewedBy", { name: document.reviewedBy })}
            {document.reviewedAt && (
              <>
                {" · "}
                <Moment at={document.reviewedAt} as="dateAndTime" />
              </>
            )}
          </Chip>
        )}
      </p>
      {notes.length > 0 && (
        <ul className={classes.notes} aria-label={t("review.notes")}>
          {notes.map((note) => (
            <li key={note.id}>
              <strong>
                {note.kind === "signed"
                  ? t("review.signedBy", { by: note.by })
                  : t("review.addressedBy", { by: note.by, to: note.to ?? "" })}
              </strong>{" "}
              <span className={classes.facts}>
                <Moment at={note.at} as="dateAndTime" />
              </span>
              {note.comment && <p lang={locale}>{note.comment}</p>}
            </li>
          ))}
        </ul>
      )}
      {mayReview && filed && document.patientId && reports.has(document.documentType) && (
        <AnswersRequest documentId={id} patientId={document.patientId} />
      )}
      {mayReview && filed && (
        <form className={classes.form} onSubmit={sign} onKeyDown={onKeyDown} aria-label={t("review.title")}>
          <Textarea
            {...(beside
              ? { "aria-label": t("review.comment"), placeholder: t("review.comment") }
              : { label: t("review.comment"), description: t("review.commentHelp") })}
            value={comment}
            maxLength={2000}
            autosize
            minRows={beside ? 1 : 2}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <div className={classes.acts}>
            <Button
              type="submit"
              loading={busy}
              disabled={isDone}
              leftSection={isDone ? <IconCheck size={18} aria-hidden /> : <IconSignature size={18} aria-hidden />}
              rightSection={isDone ? undefined : <KeyCap>Ctrl ↵</KeyCap>}
              aria-keyshortcuts="Control+Enter"
            >
              {t(isDone ? "status.reviewed" : inList ? "review.sign" : "review.signOnly")}
            </Button>
            {document.reviewedByReader && following && (
              <Button
                variant="default"
                rightSection={<IconArrowRight size={18} aria-hidden />}
                onClick={following.open}
              >
                {t("review.following", { title: following.title })}
              </Button>
            )}
          </div>
        </form>
      )}
      <div className={classes.acts}>
        {mayReview && filed && (
          <Button variant="default" size="compact-sm" onClick={() => setAsked("send")}>
            {t("review.send")}
          </Button>
        )}
        {mayReview && filed && document.patientId && !document.replacedById && reports.has(document.documentType) && (
          <WriteResult patientId={document.patientId} documentId={id} datedOn={document.datedOn} />
        )}
        <MakeTask start={{ title: document.title, patientId: document.patientId, focus: { kind: "document", id } }} />
        {document.replacedById && document.patientId && (
          <DocumentLink patientId={document.patientId} documentId={document.replacedById}>
            {t("replacedBy")}
          </DocumentLink>
        )}
        {mayUnfile && filed && !document.replacedById && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconSend size={16} aria-hidden />}
            onClick={() => setAsked("outwards")}
          >
            {outwards("open")}
          </Button>
        )}
        {mayUnfile && filed && (
          <Button variant="default" size="compact-sm" onClick={() => setAsked("describe")}>
            {t("describe.act")}
          </Button>
        )}
        {mayUnfile && filed && (
          <Button variant="subtle" color="brique" size="compact-sm" onClick={() => setAsked("unfile")}>
            {t("review.unfile")}
          </Button>
        )}
      </div>
      {asked === "outwards" && document.patientId && (
        <SendDrawer patientId={document.patientId} documentIds={[id]} onClose={() => setAsked(undefined)} />
      )}
      {asked === "send" && (
        <SendDialog
          busy={busy}
          onClose={() => setAsked(undefined)}
          onSend={(reviewerId, name, urgent, said) =>
            act(
              () => client.document.address.mutate({ id, version, noteId, reviewerId, urgent, comment: said }),
              t("review.sent", { name }),
              inList,
            )
          }
        />
      )}
      {asked === "describe" && (
        <DescribeDocument
          document={document}
          busy={busy}
          onClose={() => setAsked(undefined)}
          onDescribe={(input) => act(() => client.document.describe.mutate(input), t("describe.done"), false)}
        />
      )}
      {asked === "unfile" && (
        <UnfileDialog
          name={patientName ?? ""}
          busy={busy}
          onClose={() => setAsked(undefined)}
          onUnfile={(reason) =>
            act(() => client.document.unfile.mutate({ id, version, reason }), t("review.unfiled"), true)
          }
        />
      )}
    </>
  );
}

interface SendDialogProps {
  busy: boolean;
  onClose: () => void;
  onSend: (reviewerId: string, name: string, urgent: boolean, comment: string) => void;
}

function SendDialog({ busy, onClose, onSend }: SendDialogProps) {
  const t = useTranslations("documents");
  const common = useTranslations("common");
  const reviewers = useReviewers();
  const [to, setTo] = useState<string | null>(null);
  const [urgent, setUrgent] = useState(false);
  const [said, setSaid] = useState("");
  const name = reviewers.find(({ value }) => value === to)?.label ?? "";
  return (
    <Modal opened onClose={onClose} title={t("review.sendTitle")} closeButtonProps={{ "aria-label": common("close") }}>
      <div className={classes.form}>
        <Select label={t("review.to")} data={reviewers} value={to} onChange={setTo} searchable data-autofocus />
        <Textarea
          label={t("review.note")}
          value={said}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <Checkbox
          label={t("review.urgent")}
          checked={urgent}
          onChange={(event) => setUrgent(event.currentTarget.checked)}
        />
        <div className={classes.acts}>
          <Button disabled={!to} loading={busy} onClick={() => to && onSend(to, name, urgent, said)}>
            {t("review.send")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface UnfileDialogProps {
  name: string;
  busy: boolean;
  onClose: () => void;
  onUnfile: (reason: string) => void;
}

function UnfileDialog({ name, busy, onClose, onUnfile }: UnfileDialogProps) {
  const t = useTranslations("documents.review");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  return (
    <Modal opened onClose={onClose} title={t("unfileTitle")} closeButtonProps={{ "aria-label": common("close") }}>
      <div className={classes.form}>
        <p>{t("unfileText", { name })}</p>
        <Textarea
          label={t("reason")}
          value={reason}
          maxLength={300}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.acts}>
          <Button color="brique" disabled={!reason.trim()} loading={busy} onClick={() => onUnfile(reason)}>
            {t("unfileTitle")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
