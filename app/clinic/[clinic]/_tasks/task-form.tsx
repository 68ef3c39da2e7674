"use client";

import { Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { keyOfRecipient, type Recipient, recipientOf } from "#server/membership/recipient-schema.ts";
import { addToDay } from "#server/task/next-due.ts";
import { readDue } from "#server/task/read-due.ts";
import type { TaskLine } from "#server/task/record.ts";
import {
  clinicalFocus,
  type FocusKind,
  type Priority,
  type Repeat,
  type RepeatUnit,
  repeatUnits,
  taskCardInput,
} from "#server/task/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { PatientField } from "../_record/patient-field.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./tasks.module.css";
import { useRecipients } from "./use-recipients.ts";
import { useRefreshTasks } from "./use-tasks.ts";

/** What a new task begins with. */
export interface TaskStart {
  readonly title?: string | undefined;
  readonly dueOn?: string | null | undefined;
  readonly patientId?: string | null | undefined;
  readonly focus?: { readonly kind: FocusKind; readonly id: string } | undefined;
}

interface TaskFormProps {
  /** Absent for a new one. */
  task?: TaskLine;
  start?: TaskStart;
  /** Whom it is about is known, or is asked for. */
  asksPatient?: boolean;
  today: string;
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  title: string;
  detail: string;
  owner: Recipient | null;
  clinical: boolean;
  dueOn: string | null;
  priority: Priority;
  repeat: Repeat | null;
  escalateAfterDays: number | null;
  escalatesTo: Recipient | null;
  patientId: string | null;
}

const spans: readonly [count: number, unit: RepeatUnit][] = [
  [1, "day"],
  [1, "week"],
  [2, "week"],
  [1, "month"],
];

/** What is to do, for whom, by when. « Rappeler dans 2 sem » fills both fields. Drawn once it is known who asks. */
export function TaskForm(props: TaskFormProps) {
  const recipients = useRecipients();
  return recipients.ready ? <Fields {...props} /> : null;
}

function Fields({ task, start = {}, asksPatient = false, today, onClose, onSaved }: TaskFormProps) {
  const t = useTranslations("tasks");
  const client = useTRPCClient();
  const toast = useToast();
  const refresh = useRefreshTasks();
  const recipients = useRecipients();
  const focus = start.focus ?? null;
  const ofCare = clinicalFocus.some((kind) => kind === (task?.focusKind ?? focus?.kind));
  const [more, setMore] = useState(Boolean(task?.repeatUnit || task?.escalateAfterDays));
  const form = useRecordForm<Values>({
    draft: `task ${task?.id ?? `new ${start.patientId ?? ""} ${focus?.id ?? ""}`}`,
    id: task?.id,
    schema: taskCardInput,
    start: task
      ? {
          title: task.title,
          detail: task.detail,
          owner: recipientOf(task.owner) ?? null,
          clinical: task.clinical,
          dueOn: task.dueOn,
          priority: task.priority,
          repeat:
            task.repeatUnit && task.repeatEvery
              ? { unit: task.repeatUnit, every: task.repeatEvery, until: task.repeatUntil }
              : null,
          escalateAfterDays: task.escalateAfterDays,
          escalatesTo: (task.escalatesTo && recipientOf(task.escalatesTo)) || null,
          patientId: task.patientId,
        }
      : {
          title: start.title ?? "",
          detail: "",
          owner: recipients.me ? { kind: "user", userId: recipients.me } : null,
          // About a patient, by somebody who gives care: of care, until they say that it is not.
          clinical: recipients.readsChart && (ofCare || Boolean(start.patientId)),
          dueOn: start.dueOn ?? null,
          priority: "routine",
          repeat: null,
          escalateAfterDays: null,
          escalatesTo: null,
          patientId: start.patientId ?? null,
        },
    version: task?.version ?? 1,
    onSaved: () => {
      toast({ message: t(task ? "saved" : "added") });
      void refresh();
      onSaved();
    },
    send: ({ patientId, owner, ...card }, version, id) => {
      const sent = { ...card, id, owner: owner as Recipient };
      return task
        ? client.task.change.mutate({ ...sent, version })
        : client.task.add.mutate({ ...sent, patientId, focus });
    },
  });
  const { values, set, errors } = form;
  const labels = {
    title: t("what"),
    dueOn: t("due"),
    owner: t("owner"),
    patientId: t("patient"),
    detail: t("detail"),
    priority: t("priority"),
    clinical: t("clinical"),
    repeat: t("repeat"),
    escalateAfterDays: t("escalateAfter"),
    escalatesTo: t("escalateTo"),
  };
  const ownerKey = values.owner && keyOfRecipient(values.owner);
  const mine = ownerKey === recipients.myKey;

  function readTitle() {
    const read = values.dueOn ? undefined : readDue(values.title, today);
    if (read?.rest) set({ title: read.rest, dueOn: read.dueOn });
  }

  function give(key: string | null) {
    const owner = (key && recipientOf(key)) || null;
    // What the front desk is asked says nothing of care, unless what it came from does.
    const readable = !key || recipients.canRead(key);
    set({ owner, ...(!readable && !ofCare && { clinical: false }) });
  }

  const show = (name: keyof Values, from: Values): string => {
    const value = from[name];
    if (name === "owner" || name === "escalatesTo")
      return value ? recipients.say(keyOfRecipient(value as Recipient)) : "–";
    if (name === "repeat") {
      const again = value as Repeat | null;
      return again ? t("every", { count: again.every, unit: again.unit }) : t("once");
    }
    if (name === "priority") return t(value === "urgent" ? "urgent" : "routine");
    if (name === "clinical") return t(value ? "yes" : "no");
    return value === null || value === "" ? "–" : String(value);
  };

  return (
    <RecordDrawer
      title={t(task ? "changeTitle" : "addTitle")}
      verb={t(task ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, show)}
    >
      <TextInput
        id="title"
        label={labels.title}
        description={task ? undefined : t("whatHelp")}
        value={values.title}
        error={errors.title}
        maxLength={200}
        onChange={(event) => set({ title: event.currentTarget.value })}
        onBlur={readTitle}
        autoComplete="off"
        data-autofocus
      />
      {asksPatient && !task && (
        <PatientField
          id="patientId"
          label={t("patientOptional")}
          value={values.patientId}
          error={errors.patientId}
          onChange={(patientId) => set({ patientId })}
        />
      )}
      <div>
        <DayInput label={labels.dueOn} value={values.dueOn} error={errors.dueOn} onChange={(dueOn) => set({ dueOn })} />
        <div className={classes.spans}>
          {spans.map(([count, unit]) => (
            <Button
              key={`${count} ${unit}`}
              variant="default"
              size="compact-sm"
              onClick={() => set({ dueOn: addToDay(today, count, unit) })}
            >
              {t("in", { count, unit })}
            </Button>
          ))}
        </div>
      </div>
      <Select
        id="owner"
        label={labels.owner}
        data={recipients.options(ofCare)}
        value={ownerKey}
        error={errors.owner}
        onChange={give}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t("nobody")}
      />
      <Checkbox
        id="priority"
        label={t("urgentBox")}
        checked={values.priority === "urgent"}
        onChange={(event) => set({ priority: event.currentTarget.checked ? "urgent" : "routine" })}
      />
      {recipients.readsChart && (
        <Checkbox
          id="clinical"
          label={labels.clinical}
          description={t(ofCare ? "clinicalAlways" : "clinicalHelp")}
          checked={values.clinical || ofCare}
          disabled={ofCare}
          error={errors.clinical}
          onChange={(event) => set({ clinical: event.currentTarget.checked })}
        />
      )}
      <Textarea
        id="detail"
        label={labels.detail}
        value={values.detail}
        error={errors.detail}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={10}
        onChange={(event) => set({ detail: event.currentTarget.value })}
      />
      {!more && (
        <Button variant="subtle" size="compact-sm" justify="flex-start" onClick={() => setMore(true)}>
          {t("more")}
        </Button>
      )}
      {more && (
        <>
          <RepeatFields
            value={values.repeat}
            error={errors["repeat-until"] ?? errors.repeat}
            onChange={(repeat) => set({ repeat })}
          />
          {!mine && (
            <>
              <Select
                id="escalateAfterDays"
                label={labels.escalateAfterDays}
                description={t("escalateHelp")}
                placeholder={t("asClinic")}
                data={[1, 2, 3, 5, 7, 14, 30].map((count) => ({ value: String(count), label: t("days", { count }) }))}
                value={values.escalateAfterDays === null ? null : String(values.escalateAfterDays)}
                onChange={(days) => set({ escalateAfterDays: days === null ? null : Number(days) })}
                clearable
              />
              <Select
                id="escalatesTo"
                label={labels.escalatesTo}
                placeholder={t("asClinic")}
                data={recipients.options(values.clinical)}
                value={values.escalatesTo && keyOfRecipient(values.escalatesTo)}
                error={errors.escalatesTo}
                onChange={(key) => set({ escalatesTo: (key && recipientOf(key)) || null })}
                searchable
                clearable
              />
            </>
          )}
        </>
      )}
    </RecordDrawer>
  );
}

interface RepeatFieldsProps {
  value: Repeat | null;
  error: string | undefined;
  onChange: (repeat: Repeat | null) => void;
}

function RepeatFields({ value, error, onChange }: RepeatFieldsProps) {
  const t = useTranslations("tasks");
  return (
    <>
      <Checkbox
        label={t("repeatBox")}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { every: 1, unit: "month", until: null } : null)}
      />
      {value && (
        <>
          <div className={classes.three}>
            <TextInput
              label={t("everyLabel")}
              type="text"
              inputMode="numeric"
              value={String(value.every)}
              onChange={(event) => {
                const every = Number.parseInt(event.currentTarget.value, 10);
                onChange({ ...value, every: Number.isNaN(every) ? 1 : Math.min(365, Math.max(1, every)) });
              }}
            />
            <Select
              aria-label={t("repeat")}
              data={repeatUnits.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
              value={value.unit}
              onChange={(unit) => unit && onChange({ ...value, unit: unit as RepeatUnit })}
              allowDeselect={false}
            />
          </div>
          <DayInput
            label={t("until")}
            value={value.until}
            error={error}
            onChange={(until) => onChange({ ...value, until })}
          />
        </>
      )}
    </>
  );
}
