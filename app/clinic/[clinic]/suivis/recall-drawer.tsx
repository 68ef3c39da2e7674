"use client";

import { Button, Drawer, Select, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { RecallRecord } from "#server/recall/list-recalls.ts";
import { type AttemptKind, attemptKinds, type ClosedReason, closedReasons } from "#server/recall/schema.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecallForm } from "./recall-form.tsx";
import classes from "./recalls.module.css";

interface RecallDrawerProps {
  recall: RecallRecord;
  mayWrite: boolean;
  onClose: () => void;
  onChanged: () => void;
}

/** One recall: how to reach them, what was tried, the next try, and the end. */
export function RecallDrawer({ recall, mayWrite, onClose, onChanged }: RecallDrawerProps) {
  const t = useTranslations("recalls");
  const common = useTranslations("common");
  const locale = languageOf(useLocale());
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  useFocusBack();
  const [kind, setKind] = useState<AttemptKind>("called");
  const [note, setNote] = useState("");
  const [reason, setReason] = useState<ClosedReason | null>(null);
  const [busy, setBusy] = useState(false);
  const [attemptId, setAttemptId] = useState(() => crypto.randomUUID() as string);
  const [changing, setChanging] = useState(false);
  const name = `${recall.givenName} ${recall.familyName}`;

  async function act(work: () => Promise<unknown>, message: string) {
    setBusy(true);
    try {
      await work();
      toast({ message });
      onChanged();
      return true;
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      return false;
    } finally {
      setBusy(false);
    }
  }

  async function tried(event: FormEvent) {
    event.preventDefault();
    const done = await act(
      () => client.recall.attempt.mutate({ id: attemptId, recallId: recall.id, kind, note }),
      t("tried"),
    );
    if (!done) return;
    setNote("");
    setAttemptId(crypto.randomUUID());
  }

  async function close() {
    if (!reason) return;
    const done = await act(
      () => client.recall.close.mutate({ id: recall.id, version: recall.version, reason }),
      t("closed"),
    );
    if (done) onClose();
  }

  if (changing)
    return (
      <RecallForm
        recall={recall}
        onClose={() => setChanging(false)}
        onSaved={() => {
          setChanging(false);
          onChanged();
        }}
      />
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      title={name}
      position="right"
      size={480}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <dl className={classes.facts}>
        <dt>{t("due")}</dt>
        <dd>{recall.dueOn}</dd>
        <dt>{t("what")}</dt>
        <dd>{[recall.reason, recall.service, recall.practitioner].filter(Boolean).join(" · ") || t("anyVisit")}</dd>
        <dt>{t("phone")}</dt>
        <dd>
          {recall.phone ? (
            <a href={`tel:${recall.phone.split(",")[0]?.replace(/[^+\d]/g, "")}`}>{recall.phone}</a>
          ) : (
            t("noPhone")
          )}
        </dd>
        {recall.email && (
          <>
            <dt>{t("email")}</dt>
            <dd>{recall.email}</dd>
          </>
        )}
        {recall.visitAt && (
          <>
            <dt>{t("booked")}</dt>
            <dd>
              <Moment at={recall.visitAt} as="dateAndTime" />
            </dd>
          </>
        )}
      </dl>
      {mayWrite && (
        <Button variant="default" onClick={() => setChanging(true)} mb="lg">
          {t("change")}
        </Button>
      )}
      {mayWrite && (
        <form onSubmit={tried} className={classes.form}>
          <Select
            label={t("newTry")}
            data={attemptKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            value={kind}
            onChange={(next) => next && setKind(next as AttemptKind)}
            allowDeselect={false}
          />
          <TextInput
            label={t("note")}
            value={note}
            maxLength={300}
            onChange={(event) => setNote(event.currentTarget.value)}
            autoComplete="off"
          />
          <Button type="submit" loading={busy}>
            {t("writeTry")}
          </Button>
        </form>
      )}
      <Section title={t("tries")} count={recall.attempts.length}>
        {recall.attempts.length === 0 && <p className={classes.under}>{t("neverTried")}</p>}
        <ul className={classes.tries}>
          {recall.attempts.map(({ kind: done, note: said, at, by }) => (
            <li key={at}>
              <strong>{t(`kinds.${done}`)}</strong>
              <span className={classes.under}>
                <Moment at={at} as="dateAndTime" /> {by}
              </span>
              {said && <span lang={locale}>{said}</span>}
            </li>
          ))}
        </ul>
      </Section>
      {mayWrite && (
        <Section title={t("end")}>
          <div className={classes.form}>
            <Select
              label={t("endWhy")}
              data={closedReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
              value={reason}
              onChange={(next) => setReason(next as ClosedReason | null)}
            />
            <Button variant="default" onClick={close} disabled={!reason || busy}>
              {t("close")}
            </Button>
          </div>
        </Section>
      )}
    </Drawer>
  );
}
