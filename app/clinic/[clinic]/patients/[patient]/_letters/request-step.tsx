"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { RequestView } from "#server/letter/record.ts";
import { expectedAfter, sentHows } from "#server/referral/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { ExpectedField } from "./expected-field.tsx";
import classes from "./letters.module.css";

export type RequestAct = "sent" | "booked" | "seen" | "report" | "expect" | "back" | "cancel";

interface RequestStepProps {
  act: RequestAct;
  request: Pick<RequestView, "id" | "version" | "expectedOn">;
  patientId: string;
  /** `YYYY-MM-DD`, where the request is followed. */
  today: string;
  onClose: () => void;
  /** Whether it was written; waited for before the form is free again. */
  onSettled: (isDone: boolean) => Promise<unknown> | undefined;
}

/** One step of a request, said in place: in the chart, in the worklist, and at the front desk. */
export function RequestStep({ act, request, patientId, today, onClose, onSettled }: RequestStepProps) {
  const t = useTranslations("letters");
  const client = useTRPCClient();
  const trpc = useTRPC();
  const say = useErrorText();
  const toast = useToast();
  const [on, setOn] = useState<string | null>(act === "expect" ? request.expectedOn : act === "booked" ? null : today);
  const [note, setNote] = useState("");
  const [how, setHow] = useState<string | null>("fax");
  // Touched by nobody, or emptied, it follows the day of the appointment.
  const [expected, setExpected] = useState<string | null>(null);
  const [documentId, setDocumentId] = useState<string | null>(null);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const documents = useQuery({
    ...trpc.document.list.queryOptions({ patientId, most: 30, refresh: true }),
    enabled: act === "report",
  });
  const form = useRef<HTMLFormElement>(null);
  // Today, by fax: Enter says so. What must be typed first has the hand.
  useEffect(() => {
    if (act === "sent" || act === "seen") form.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
    if (act === "booked" || act === "expect") form.current?.querySelector("input")?.focus();
  }, [act]);
  const { id, version } = request;
  const isDated = act === "sent" || act === "booked" || act === "seen" || act === "expect";
  const isReasoned = act === "cancel" || act === "back";
  const proposed = expectedAfter(request.expectedOn, on);
  const expectedOn = expected ?? proposed ?? undefined;
  const isNoted = act === "booked" || act === "seen";

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (isDated && !on) return setFault(t("dayNeeded"));
    if (isReasoned && note.trim() === "") return setFault(t("reasonNeeded"));
    if (act === "report" && !documentId) return setFault(t("documentNeeded"));
    setBusy(true);
    setFault(undefined);
    const day = on ?? "";
    let isDone = false;
    try {
      if (act === "sent") await client.referral.markSent.mutate({ id, version, on: day, how: (how ?? "fax") as "fax" });
      if (act === "booked")
        await client.referral.markBooked.mutate({ id, version, on: day, note, ...(expectedOn && { expectedOn }) });
      if (act === "seen") await client.referral.markSeen.mutate({ id, version, on: day, note });
      if (act === "expect") await client.referral.expect.mutate({ id, version, on: day });
      if (act === "report") await client.referral.receiveReport.mutate({ id, version, documentId: documentId ?? "" });
      if (act === "cancel") await client.referral.cancel.mutate({ id, version, reason: note });
      if (act === "back") await client.referral.takeBack.mutate({ id, version, reason: note });
      toast({ message: t(`done.${act}`) });
      isDone = true;
    } catch (error) {
      const { message, fields } = say(error);
      setFault(Object.values(fields)[0] ?? message);
    } finally {
      setBusy(false);
      await onSettled(isDone);
    }
  }

  const answers = (documents.data?.rows ?? []).filter(({ documentType }) => documentType !== "referral");
  return (
    <form
      ref={form}
      className={classes.step}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      aria-label={t(`acts.${act}`)}
      noValidate
    >
      {isDated && (
        <DayInput label={t(act === "expect" ? "expected" : `days.${act}`)} value={on} onChange={setOn} error={fault} />
      )}
      {act === "booked" && (
        <ExpectedField
          value={expectedOn ?? null}
          moved={expected === null && proposed !== request.expectedOn}
          onChange={setExpected}
        />
      )}
      {act === "sent" && (
        <Select
          label={t("how")}
          data={sentHows.map((value) => ({ value, label: t(`hows.${value}`) }))}
          value={how}
          onChange={setHow}
          allowDeselect={false}
        />
      )}
      {act === "report" && (
        <Select
          label={t("whichDocument")}
          data={answers.map(({ id: value, title, datedOn }) => ({ value, label: `${datedOn} · ${title}` }))}
          value={documentId}
          onChange={setDocumentId}
          nothingFoundMessage={t("noDocument")}
          searchable
          error={fault}
          autoFocus
        />
      )}
      {(isNoted || isReasoned) && (
        <TextInput
          label={t(isReasoned ? "reason" : "note")}
          value={note}
          maxLength={300}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isReasoned && fault}
          autoComplete="off"
          autoFocus={isReasoned}
        />
      )}
      <div className={classes.acts}>
        <Button type="submit" size="compact-sm" loading={busy}>
          {t(`acts.${act}`)}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
