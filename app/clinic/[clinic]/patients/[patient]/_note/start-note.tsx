"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { IconPencilPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { type EncounterClass, encounterClasses } from "#server/encounter/schema.ts";
import type { DraftLine } from "#server/note/list-drafts.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import classes from "./note.module.css";
import { templateKey, templateOptions } from "./template-options.ts";
import { VisitMark } from "./visit-mark.tsx";
import { windowTab } from "./window-tab.ts";

interface StartNoteProps {
  patientId: string;
  appointmentId: string | undefined;
  drafts: readonly DraftLine[];
  onOpen: (id: string) => void;
}

/** Where a note begins: a template, one button; and what is being written already. */
export function StartNote({ patientId, appointmentId, drafts, onOpen }: StartNoteProps) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const templates = useQuery(trpc.questionnaire.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const [kind, setKind] = useState<EncounterClass>("ambulatory");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  // Pressed twice, one note is begun.
  const ids = useRef({ id: crypto.randomUUID() as string, encounterId: crypto.randomUUID() as string });
  const options = templates.data ?? [];
  const current = options.find((one) => templateKey(one) === chosen) ?? options[0];

  async function start() {
    if (!current) return;
    setBusy(true);
    try {
      const { id } = await client.note.start.mutate({
        ...ids.current,
        patientId,
        appointmentId: appointmentId ?? null,
        class: kind,
        reason,
        template: current.id ? { questionnaireId: current.id } : { shipped: current.shipped ?? "" },
        tab: windowTab(),
      });
      onOpen(id);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
    }
  }

  return (
    <div className={classes.start}>
      <div className={classes.startRow}>
        <Select
          label={t("template")}
          data={templateOptions(options, t("mineShort"))}
          value={current ? templateKey(current) : null}
          onChange={setChosen}
          allowDeselect={false}
          searchable
          className={classes.startTemplate}
        />
        {!appointmentId && (
          <Select
            label={t("how")}
            data={encounterClasses.map((value) => ({ value, label: t(`classes.${value}`) }))}
            value={kind}
            onChange={(next) => next && setKind(next as EncounterClass)}
            allowDeselect={false}
            className={classes.startHow}
          />
        )}
        {!appointmentId && (
          <TextInput
            aria-label={t("reason")}
            placeholder={t("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && !busy && current && void start()}
            maxLength={500}
            className={classes.startReason}
          />
        )}
        <Button
          leftSection={<IconPencilPlus size={18} aria-hidden />}
          onClick={start}
          loading={busy}
          disabled={!current}
        >
          {t("begin")}
        </Button>
      </div>
      {drafts.length > 0 && (
        <ul className={classes.drafts} aria-label={t("inProgress")}>
          {drafts.map((draft) => (
            <li key={draft.id}>
              <button type="button" className={classes.line} onClick={() => onOpen(draft.id)}>
                <span className={classes.lineHead}>
                  <span className={classes.day}>
                    <Moment at={draft.occurredAt} />
                  </span>
                  <strong>{draft.title}</strong>
                  <VisitMark visitAt={draft.visitAt} occurredAt={draft.occurredAt} />
                  <Chip tone="attention">{t(draft.mine ? "unsignedMine" : "unsigned")}</Chip>
                </span>
                <span className={classes.under}>
                  {draft.hold && !draft.mine ? t("writes", { name: draft.hold.name }) : draft.author}
                  {" · "}
                  {t("begunAt")} <Moment at={draft.begunAt} as="dateAndTime" />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
