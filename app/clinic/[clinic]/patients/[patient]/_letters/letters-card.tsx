"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import type { LetterLine } from "#server/letter/record.ts";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import { LetterChip } from "./letter-chip.tsx";
import classes from "./letters.module.css";
import { NewLetter } from "./new-letter.tsx";
import { RequestActs } from "./request-acts.tsx";
import { RequestSteps } from "./request-steps.tsx";
import { SendActs } from "./send-acts.tsx";
import { useLetters } from "./use-letters.ts";

const few = 5;
const many = 100;

/** Requests and letters with where each stands; a line opens in place, with its steps and what may be done next. */
export function LettersCard({ patientId, mayWrite }: { patientId: string; mayWrite: boolean }) {
  const t = useTranslations("letters");
  const say = useErrorText();
  const [most, setMost] = useState(few);
  const list = useLetters(patientId, most);
  const [openId, setOpenId] = useState<string>();
  const rows = list.data?.rows ?? [];
  return (
    <Section title={t("title")} action={mayWrite && <NewLetter patientId={patientId} keys="l" position="bottom-end" />}>
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.isPending && <SkeletonRows rows={3} />}
      {list.isSuccess && rows.length === 0 && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.list} onKeyDown={walk}>
        {rows.map((row) => (
          <li key={row.id}>
            <Line
              letter={row}
              patientId={patientId}
              open={openId === row.id}
              mayWrite={mayWrite}
              onToggle={() => setOpenId(openId === row.id ? undefined : row.id)}
            />
          </li>
        ))}
      </ul>
      {list.data?.after && most === few && (
        <button type="button" className={classes.all} onClick={() => setMost(many)}>
          {t("all")}
        </button>
      )}
    </Section>
  );
}

/** ↑ and ↓ go from line to line. */
function walk(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const line = (event.target as HTMLElement).closest<HTMLElement>("[aria-expanded]");
  if (!line) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>("li > [aria-expanded]")];
  const next = lines[lines.indexOf(line) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface LineProps {
  letter: LetterLine;
  patientId: string;
  open: boolean;
  mayWrite: boolean;
  onToggle: () => void;
}

function Line({ letter, patientId, open, mayWrite, onToggle }: LineProps) {
  const t = useTranslations("letters");
  const format = useFormatter();
  const { clinic } = useParams<{ clinic: string }>();
  const { kind, subject, recipient, at, request, documentId, status, author } = letter;
  const page = `/clinic/${clinic}/patients/${patientId}/lettres/${letter.id}`;
  const title = request?.specialty || subject || t(`kinds.${kind}`);
  return (
    <>
      <button type="button" className={classes.row} aria-expanded={open} onClick={onToggle}>
        <span className={classes.what}>
          <strong data-error={status === "entered-in-error" || undefined}>{title}</strong>
          <span className={classes.under}>
            {[
              format.dateTime(new Date(at), "date"),
              recipient || t(`kinds.${kind}`),
              request?.priority && t("priorityShort", { code: request.priority.toUpperCase() }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
        <span className={classes.chips}>
          <LetterChip letter={letter} />
        </span>
      </button>
      {open && (
        <div className={classes.open}>
          <p className={classes.under}>{[subject, author].filter(Boolean).join(" · ")}</p>
          {letter.errorReason && <p className={classes.under}>{letter.errorReason}</p>}
          {request && <RequestSteps request={request} patientId={patientId} />}
          <div className={classes.acts}>
            {request && mayWrite && status === "signed" && <RequestActs request={request} patientId={patientId} />}
          </div>
          <div className={classes.acts}>
            <Link href={page} prefetch={false} className={classes.link}>
              {t(status === "draft" && mayWrite ? "goOn" : "read")}
            </Link>
            {mayWrite && status !== "entered-in-error" && (
              <MakeTask start={{ title, patientId, focus: { kind: "letter", id: letter.id } }} />
            )}
            {documentId && status === "signed" && (
              <SendActs documentId={documentId} patientId={patientId} correspondentId={letter.correspondentId} />
            )}
          </div>
        </div>
      )}
    </>
  );
}
