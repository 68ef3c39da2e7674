"use client";

import { Button, TextInput } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { sayPosology } from "#server/medication/posology.ts";
import type { MedicationView, PrescriptionLine } from "#server/medication/record.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip, type Tone } from "../../../../../_ui/chip/chip.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { SendDrawer } from "../../../_sending/send-drawer.tsx";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import { LineActs } from "./line-acts.tsx";
import { LineKnown } from "./line-known.tsx";
import classes from "./medications.module.css";
import { prescriptionNumber } from "./prescription-number.ts";
import { printFile } from "./print-file.ts";
import { useRefreshMedications } from "./use-refresh-medications.ts";

const tones: Record<PrescriptionLine["status"], Tone> = {
  prepared: "attention",
  signed: "good",
  cancelled: "danger",
  replaced: "neutral",
};

interface HistoryProps {
  patientId: string;
  prescriptions: readonly PrescriptionLine[];
  stopped: readonly MedicationView[];
  mayPrescribe: boolean;
  mayWrite: boolean;
  mayPrepare: boolean;
  onBegin: (from: { prepared: PrescriptionLine } | { corrects: PrescriptionLine }) => void;
}

/** What was prescribed, the last first, each printed again, corrected or cancelled; and what is no longer taken. */
export function History({
  patientId,
  prescriptions,
  stopped,
  mayPrescribe,
  mayWrite,
  mayPrepare,
  onBegin,
}: HistoryProps) {
  const t = useTranslations("medications");
  const language = languageOf(useLocale());
  return (
    <div className={classes.history}>
      {prescriptions.length === 0 && <p className={classes.empty}>{t("noHistory")}</p>}
      <ul className={classes.rows}>
        {prescriptions.map((one) => (
          <Prescribed
            key={one.id}
            patientId={patientId}
            one={one}
            mayPrescribe={mayPrescribe}
            mayWrite={mayWrite}
            mayPrepare={mayPrepare}
            onBegin={onBegin}
          />
        ))}
      </ul>
      {stopped.length > 0 && (
        <>
          <h2 className={classes.title}>{t("stoppedTitle")}</h2>
          <ul className={classes.rows}>
            {stopped.map((one) => (
              <li key={one.id} className={classes.past}>
                <strong>{`${one.label} ${one.strength}`}</strong>{" "}
                {sayPosology({ ...one, durationDays: null }, language)}
                <LineKnown medication={one} />
                <LineActs medication={one} mayWrite={mayWrite} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

type PrescribedProps = Pick<HistoryProps, "patientId" | "mayPrescribe" | "mayWrite" | "mayPrepare" | "onBegin"> & {
  one: PrescriptionLine;
};

function Prescribed({ patientId, one, mayPrescribe, mayWrite, mayPrepare, onBegin }: PrescribedProps) {
  const t = useTranslations("medications");
  const language = languageOf(useLocale());
  const format = useFormatter();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshMedications();
  const [reason, setReason] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [sending, setSending] = useState<string>();
  const words = useTranslations("sending.send");
  const signed = one.status !== "prepared";
  const number = prescriptionNumber(one);

  async function print() {
    try {
      printFile(await client.prescription.print.mutate({ id: one.id }));
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }
  async function send() {
    try {
      setSending((await client.prescription.file.mutate({ id: one.id })).documentId);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }
  async function cancel(event: FormEvent) {
    event.preventDefault();
    try {
      await client.prescription.cancel.mutate({ id: one.id, version: one.version, reason: reason ?? "" });
      toast({ message: t("cancelled") });
      setReason(undefined);
    } catch (error) {
      setFault(say(error).fields.reason ?? say(error).message);
    }
    await refresh();
  }

  return (
    <li className={classes.past}>
      <div className={classes.pastHead}>
        <strong>{signed ? t("number", { number }) : t("order")}</strong>
        <Chip tone={tones[one.status]}>{t(`statuses.${one.status}`)}</Chip>
        <span className={classes.quiet}>
          {[
            one.signedAt && format.dateTime(new Date(one.signedAt), "dateAndTime"),
            one.by && t("by", { name: one.by }),
            one.cancelReason,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      <ul className={classes.pastItems}>
        {one.items.map((item) => (
          <li key={item.medicationId}>
            <strong>{`${item.label} ${item.strength}`}</strong> {sayPosology(item, language)}
          </li>
        ))}
      </ul>
      <div className={classes.acts}>
        {signed && (
          <Button size="compact-sm" variant="default" onClick={print}>
            {t("print")}
          </Button>
        )}
        {one.status === "signed" && mayWrite && (
          <Button size="compact-sm" variant="default" onClick={send}>
            {words("open")}
          </Button>
        )}
        {sending && <SendDrawer patientId={patientId} documentIds={[sending]} onClose={() => setSending(undefined)} />}
        {signed && mayWrite && (
          <MakeTask
            start={{
              title: t("number", { number }),
              patientId,
              focus: { kind: "prescription", id: one.id },
            }}
          />
        )}
        {!signed && mayPrepare && (
          <Button size="compact-sm" onClick={() => onBegin({ prepared: one })}>
            {t("continue")}
          </Button>
        )}
        {one.status === "signed" && mayPrepare && (
          <Button size="compact-sm" variant="default" onClick={() => onBegin({ corrects: one })}>
            {t("correct")}
          </Button>
        )}
        {one.status === "signed" && mayPrescribe && reason === undefined && (
          <Button size="compact-sm" variant="subtle" color="brique" onClick={() => setReason("")}>
            {t("cancel")}
          </Button>
        )}
      </div>
      {reason !== undefined && (
        <form onSubmit={cancel} className={classes.endForm}>
          <TextInput
            label={`${t("cancelTitle", { number })} – ${t("cancelReason")}`}
            value={reason}
            error={fault}
            onChange={(event) => setReason(event.currentTarget.value)}
            autoComplete="off"
            autoFocus
          />
          <Button type="submit" color="brique">
            {t("cancel")}
          </Button>
          <Button variant="default" onClick={() => setReason(undefined)}>
            {t("close")}
          </Button>
        </form>
      )}
    </li>
  );
}
