"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { IconFileTypeDocx, IconPencilPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import type { LetterView } from "#server/letter/record.ts";
import { useTRPCClient } from "../../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../../_ui/chip/chip.tsx";
import { Moment } from "../../../../../../_ui/moment/moment.tsx";
import { useToast } from "../../../../../../_ui/toast/toast.tsx";
import { RequestChip } from "../../_letters/letter-chip.tsx";
import { RequestActs } from "../../_letters/request-acts.tsx";
import { RequestSteps } from "../../_letters/request-steps.tsx";
import { SendActs } from "../../_letters/send-acts.tsx";
import { useLetters, useRefreshLetters } from "../../_letters/use-letters.ts";
import classes from "./letter.module.css";

const PdfPages = dynamic(() => import("../../../../_documents/pdf-pages.tsx").then((module) => module.PdfPages), {
  ssr: false,
});

interface SignedLetterProps {
  letter: LetterView;
  slug: string;
  mayWrite: boolean;
  /** It was signed here, just now. */
  isFresh: boolean;
  back: ReactNode;
  onAgain: () => void;
}

/** A signed letter as it was signed: its PDF, where its request stands, and what may still be done. */
export function SignedLetter({ letter, slug, mayWrite, isFresh, back, onAgain }: SignedLetterProps) {
  const t = useTranslations("letters");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const router = useRouter();
  const refresh = useRefreshLetters();
  const { id, patientId, documentId, status } = letter;
  const request = useLetters(patientId, 100).data?.rows.find((one) => one.id === id)?.request;
  const [erring, setErring] = useState(false);
  const [reason, setReason] = useState("");
  const isLive = status === "signed";
  const next = useRef<HTMLDivElement>(null);
  const sending = useRef<HTMLSpanElement>(null);
  const isShown = letter.kind === "letter" || request !== undefined;
  // From the signature to what comes next: a request is sent, a letter too.
  useEffect(() => {
    if (isFresh && isShown) (next.current ?? sending.current)?.querySelector("button")?.focus();
  }, [isFresh, isShown]);
  const fail = (error: unknown) => toast({ tone: "danger", message: say(error).message });

  async function correct() {
    const next = v7();
    try {
      const begun = await client.letter.correct.mutate({ id: next, letterId: id });
      await refresh();
      router.push(`/clinic/${slug}/patients/${patientId}/lettres/${begun.id}`);
    } catch (error) {
      const { details } = say(error);
      if (typeof details.id === "string") router.push(`/clinic/${slug}/patients/${patientId}/lettres/${details.id}`);
      fail(error);
    }
  }

  async function word() {
    try {
      const { name, file } = await client.letter.word.mutate({ id });
      handOver(name, file);
    } catch (error) {
      fail(error);
    }
  }

  async function markInError(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return;
    try {
      await client.letter.markInError.mutate({ id, version: letter.version, reason });
      setErring(false);
      await refresh();
      onAgain();
    } catch (error) {
      fail(error);
    }
  }

  return (
    <>
      <div className={classes.bar}>
        {back}
        <h2 className={classes.title}>{letter.content.subject || t(`kinds.${letter.kind}`)}</h2>
        {status === "draft" && <Chip>{t("draft")}</Chip>}
        {status === "replaced" && <Chip>{t("replaced")}</Chip>}
        {letter.replacedBy && (
          <Link href={`/clinic/${slug}/patients/${patientId}/lettres/${letter.replacedBy}`}>{t("replacedBy")}</Link>
        )}
        {status === "entered-in-error" && <Chip tone="danger">{t("inError")}</Chip>}
        {request && isLive && <RequestChip request={request} />}
        {letter.signedAt && (
          <span className={classes.quiet}>
            {t("signedBy", { name: letter.author })} <Moment at={letter.signedAt} as="dateAndTime" />
          </span>
        )}
        <span className={classes.end}>
          {documentId && isLive && (
            <span ref={sending} className={classes.sending}>
              <SendActs
                documentId={documentId}
                patientId={patientId}
                correspondentId={letter.content.recipient?.correspondentId ?? null}
              />
            </span>
          )}
          {documentId && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconFileTypeDocx size={16} aria-hidden />}
              onClick={() => void word()}
            >
              DOCX
            </Button>
          )}
          {mayWrite && isLive && letter.mayCorrect && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPencilPlus size={16} aria-hidden />}
              onClick={() => void correct()}
            >
              {t("correct")}
            </Button>
          )}
          {mayWrite && isLive && letter.mayDeclareError && (
            <Button variant="subtle" color="brique" size="compact-sm" onClick={() => setErring(true)}>
              {t("markInError")}
            </Button>
          )}
        </span>
      </div>
      {letter.errorReason && <p className={classes.apart}>{t("inErrorBecause", { reason: letter.errorReason })}</p>}
      <div className={request ? classes.panes : undefined}>
        {request && (
          <div className={classes.side}>
            <RequestSteps request={request} patientId={patientId} />
            {mayWrite && isLive && (
              <div className={classes.requestActs} ref={next}>
                <RequestActs request={request} patientId={patientId} />
              </div>
            )}
          </div>
        )}
        <div className={classes.paper}>
          {documentId && <PdfPages source={`/api/clinic/${slug}/documents/${documentId}/content`} label={t("page")} />}
        </div>
      </div>
      <Modal opened={erring} onClose={() => setErring(false)} title={t("markInErrorTitle")} size={480}>
        <form onSubmit={markInError}>
          <p>{t("markInErrorText")}</p>
          <TextInput
            label={t("reason")}
            value={reason}
            maxLength={300}
            onChange={(event) => setReason(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <div className={classes.dialogActs}>
            <Button type="submit" color="brique" disabled={reason.trim() === ""}>
              {t("markInError")}
            </Button>
            <Button variant="subtle" onClick={() => setErring(false)}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}

/** Hands a file to the browser. The address lives as long as the click. */
function handOver(name: string, file: string): void {
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
