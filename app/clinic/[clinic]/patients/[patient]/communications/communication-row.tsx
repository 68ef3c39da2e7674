"use client";

import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { CommunicationView, TransmissionView } from "#server/communication/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip, type Tone } from "../../../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm/confirm-dialog.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { sayNumber } from "../../../_record/say-number.ts";
import { CodePanel } from "../../../_sending/code-panel.tsx";
import { SendDrawer } from "../../../_sending/send-drawer.tsx";
import classes from "../../../_sending/sending.module.css";
import { MarkFaxed } from "./mark-faxed.tsx";

interface CommunicationRowProps {
  slug: string;
  patientId: string;
  row: CommunicationView;
  timeZone: string;
  onChanged: () => void;
}

/** One line of the register: to whom, what, why, by whom; and how the link or the fax fares. */
export function CommunicationRow({ slug, patientId, row, timeZone, onChanged }: CommunicationRowProps) {
  const t = useTranslations("sending");
  const format = useFormatter();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [asked, setAsked] = useState<"revoke" | "faxed">();
  const [code, setCode] = useState<string | null>();
  /** The corrected letter that is being sent in the place of one of these. */
  const [corrected, setCorrected] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { id, channel, transmission, documents } = row;
  const at = (instant: string) => format.dateTime(new Date(instant), "dateAndTime", { timeZone });
  const isFax = channel === "fax";
  const replaced = documents.filter(({ replacedBy }) => replacedBy !== null);

  async function act(work: () => Promise<unknown>, message?: string) {
    if (busy) return;
    setBusy(true);
    try {
      await work();
      if (message) toast({ message });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    setBusy(false);
    setAsked(undefined);
    onChanged();
  }
  const renew = (codeBy: "telephone" | "sms") =>
    act(
      async () => {
        const made = await client.communication.renewCode.mutate({ id, codeBy });
        if (codeBy === "telephone") setCode(made.code);
      },
      codeBy === "sms" ? t("list.codeTexted") : undefined,
    );
  const state = transmission && stateOf(channel === "fax" ? "fax" : "link", transmission);
  const isLive = state !== null && !isFax && !["revoked", "expired", "withdrawn"].includes(state.key);

  return (
    <li className={classes.one} data-communication={id}>
      <div className={classes.words}>
        <span className={classes.to}>
          <strong>{row.recipientName}</strong>
          {state ? (
            <Chip tone={state.tone}>{`${t(`send.channels.${channel}`)} · ${t(`list.states.${state.word}`)}`}</Chip>
          ) : (
            <Chip>{t(`send.channels.${channel}`)}</Chip>
          )}
        </span>
        <span className={classes.quiet}>
          {[
            at(row.occurredAt),
            row.by && t("list.by", { name: row.by }),
            isFax ? sayNumber(transmission?.contact ?? row.recipientContact) : row.recipientContact,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <span className={classes.quiet}>
          {[row.nature, t(`send.purposes.${row.purpose}`), t(`send.grounds.${row.ground}`), row.justification]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {documents.length > 0 && (
          <ul className={classes.documents}>
            {documents.map(({ id: document, title }) => (
              <li key={document ?? title}>{title}</li>
            ))}
          </ul>
        )}
        {replaced.map(({ id: document, title }) => (
          <span key={document}>{t("list.corrected", { title })}</span>
        ))}
        {row.refusalReason && <span>{t("list.despite", { reason: row.refusalReason })}</span>}
        {transmission && (
          <span className={classes.quiet}>{facts(t, at, isFax, transmission).filter(Boolean).join(" · ")}</span>
        )}
      </div>
      <div className={classes.side}>
        {replaced[0] && (
          <Button size="compact-sm" onClick={() => setCorrected(replaced[0]?.replacedBy ?? undefined)}>
            {t("list.sendCorrected")}
          </Button>
        )}
        {isLive && (
          <>
            <Button size="compact-sm" variant="default" loading={busy} onClick={() => void renew("telephone")}>
              {t("list.newCode")}
            </Button>
            {transmission?.hasMobile && (
              <Button size="compact-sm" variant="default" loading={busy} onClick={() => void renew("sms")}>
                {t("list.newCodeText")}
              </Button>
            )}
          </>
        )}
        {isFax &&
          transmission?.driver &&
          replaced.length === 0 &&
          !transmission.withdrawn &&
          !["revoked", "sent"].includes(transmission.status) && (
            <Button
              size="compact-sm"
              variant="default"
              component="a"
              href={`/api/clinic/${slug}/communications/${id}/fax.pdf`}
              download
            >
              {t("list.print")}
            </Button>
          )}
        {isFax && transmission && mayMark(transmission) && (
          <Button size="compact-sm" onClick={() => setAsked("faxed")}>
            {t("list.markFaxed")}
          </Button>
        )}
        {(isLive || (isFax && transmission && ["queued", "failed"].includes(transmission.status))) && (
          <Button size="compact-sm" variant="subtle" color="brique" onClick={() => setAsked("revoke")}>
            {t(isFax ? "list.cancelFax" : "list.revoke")}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asked === "revoke"}
        onClose={() => setAsked(undefined)}
        title={t(isFax ? "list.cancelTitle" : "list.revokeTitle")}
        consequences={isFax ? [t("list.cancelNow"), t("list.revokeKept")] : [t("list.revokeNow"), t("list.revokeKept")]}
        verb={t(isFax ? "list.cancelFax" : "list.revoke")}
        danger
        onConfirm={() =>
          act(() => client.communication.revoke.mutate({ id }), t(isFax ? "list.cancelled" : "list.revoked"))
        }
      />
      {asked === "faxed" && transmission && (
        <MarkFaxed
          number={sayNumber(transmission.contact)}
          busy={busy}
          onClose={() => setAsked(undefined)}
          onMark={(number, when) =>
            act(() => client.communication.markFaxed.mutate({ id, number, at: when }), t("list.faxed"))
          }
        />
      )}
      {corrected && (
        <SendDrawer
          patientId={patientId}
          documentIds={[corrected]}
          {...suggested(row)}
          onClose={() => setCorrected(undefined)}
          onSent={onChanged}
        />
      )}
      {code !== undefined && <CodePanel code={code} name={row.recipientName} onClose={() => setCode(undefined)} />}
    </li>
  );
}

/** The same person, where a screen proposes them. */
function suggested({ recipientKind, correspondentId }: CommunicationView) {
  if (recipientKind === "patient") return { suggestedRecipient: { kind: "patient" } } as const;
  if (correspondentId) return { suggestedRecipient: { kind: "correspondent", id: correspondentId } } as const;
  return {};
}

type Words = ReturnType<typeof useTranslations<"sending">>;

function facts(t: Words, at: (instant: string) => string, isFax: boolean, one: TransmissionView): string[] {
  const { openedAt, fetched, expiresAt, revokedAt, settledAt, errorCode, status } = one;
  const last = fetched.at(-1)?.at;
  const code = errorCode ? [t("list.errorCode", { code: errorCode })] : [];
  if (isFax) return [...(status === "sent" && settledAt ? [t("list.faxedAt", { at: at(settledAt) })] : []), ...code];
  const isPast = expiresAt !== null && new Date(expiresAt).getTime() < Date.now();
  return [
    openedAt ? t("list.openedAt", { at: at(openedAt) }) : t("list.neverOpened"),
    ...(last ? [t("list.fetched", { count: fetched.length, at: at(last) })] : []),
    ...(revokedAt
      ? [t("list.revokedAt", { at: at(revokedAt) })]
      : expiresAt
        ? [t(isPast ? "list.expiredAt" : "list.expiresAt", { at: at(expiresAt) })]
        : []),
    ...code,
  ];
}

/** By hand, or where the service lost it and somebody sent it from the clinic's own machine. */
const mayMark = ({ status, driver }: TransmissionView) =>
  (driver === "manual" && status === "queued") || status === "failed" || status === "unknown";

type StateWord =
  | `link.${TransmissionView["status"]}`
  | `fax.${Exclude<TransmissionView["status"], "bounced">}`
  | "opened"
  | "expired"
  | "withdrawn"
  | "spent"
  | "faxQueued";
interface State {
  readonly key: string;
  readonly tone: Tone;
  readonly word: StateWord;
}

const tones: Record<TransmissionView["status"], Tone> = {
  queued: "attention",
  sending: "info",
  sent: "good",
  failed: "danger",
  bounced: "danger",
  unknown: "danger",
  revoked: "neutral",
};

function stateOf(channel: "link" | "fax", one: TransmissionView): State {
  const { status } = one;
  const word: StateWord = channel === "fax" && status !== "bounced" ? `fax.${status}` : `link.${status}`;
  const plain: State = { key: status, tone: tones[status], word };
  if (status === "revoked") return plain;
  if (one.withdrawn && (channel === "link" || status !== "sent"))
    return { key: "withdrawn", tone: "attention", word: "withdrawn" };
  if (channel === "fax") return one.driver === "http" && status === "queued" ? { ...plain, word: "faxQueued" } : plain;
  if (one.expiresAt && new Date(one.expiresAt).getTime() < Date.now())
    return { key: "expired", tone: "neutral", word: "expired" };
  // Whoever opened it has the address, whatever became of the mail.
  if (!one.openedAt && tones[status] === "danger") return plain;
  if (one.spent && one.codeBy === "telephone") return { key: "spent", tone: "attention", word: "spent" };
  return one.openedAt ? { key: "opened", tone: "good", word: "opened" } : plain;
}
