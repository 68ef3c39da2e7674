"use client";

import { Alert, Button, Radio, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { type OpeningReason, openingReasons, sayReasonInput } from "#server/chart/schema.ts";
import { useTRPC } from "../_trpc/client.tsx";
import { useErrorText } from "../_trpc/use-error-text.ts";
import classes from "./reason-form.module.css";

interface ReasonFormProps {
  patientId: string;
  onSaid: () => void;
  /** What saying it leads to; absent, the chart opens. */
  verb?: string;
  /** What not saying it is called, and does. */
  away: string;
  onAway: () => void;
}

/** Why one opens a chart, from a short list: once, for the day. */
export function ReasonForm({ patientId, onSaid, verb, away, onAway }: ReasonFormProps) {
  const t = useTranslations("ground");
  const errors = useTranslations("errors");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const say = useErrorText();
  const [id] = useState(() => newId());
  const [reason, setReason] = useState<OpeningReason | null>(null);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState<"reason" | "note">();
  const opening = useMutation(
    trpc.chart.sayReason.mutationOptions({
      onSuccess() {
        // What the lists of the clinic withheld of this chart is shown from now on.
        for (const list of [trpc.task, trpc.document.list, trpc.referral.list, trpc.letter.to, trpc.discussion.list])
          void queries.invalidateQueries(list.pathFilter());
        onSaid();
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    // None is chosen beforehand: what the journal says was said by somebody.
    if (!reason) return setMissing("reason");
    const input = { id, patientId, reason, note };
    const judged = sayReasonInput.safeParse(input);
    setMissing(judged.success ? undefined : "note");
    if (judged.success && !opening.isPending) opening.mutate(input);
  }

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <p className={classes.lead}>{t("lead")}</p>
      {opening.isError && (
        <Alert color="brique" role="alert">
          {say(opening.error).message}
        </Alert>
      )}
      <Radio.Group
        label={t("reason")}
        value={reason}
        error={missing === "reason" && t("reasonNeeded")}
        onChange={(value) => {
          setReason(value as OpeningReason);
          setMissing(undefined);
        }}
      >
        <div className={classes.reasons}>
          {openingReasons.map((value, index) => (
            <Radio
              key={value}
              value={value}
              label={t(`reasons.${value}`)}
              autoFocus={index === 0}
              data-autofocus={index === 0 || undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        label={t(reason === "other" ? "noteOther" : "note")}
        required={reason === "other"}
        withAsterisk={false}
        maxLength={300}
        value={note}
        error={missing === "note" && errors("chart.noteNeeded")}
        onChange={({ currentTarget }) => {
          setNote(currentTarget.value);
          setMissing(undefined);
        }}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={opening.isPending}>
          {verb ?? t("open")}
        </Button>
        <Button variant="subtle" onClick={onAway}>
          {away}
        </Button>
      </div>
    </form>
  );
}
