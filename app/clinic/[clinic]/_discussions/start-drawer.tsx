"use client";

import { Checkbox, MultiSelect, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { startDiscussionInput } from "#server/discussion/schema.ts";
import { keyOfRecipient, type Recipient, recipientOf } from "#server/membership/recipient-schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { PatientField } from "../_record/patient-field.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { useRecipients } from "../_tasks/use-recipients.ts";

interface StartDrawerProps {
  /** About whom; null: asked for. */
  patientId: string | null;
  onClose: () => void;
  onStarted: (id: string) => void;
}

interface Values {
  patientId: string | null;
  participants: Recipient[];
  subject: string;
  body: string;
  clinical: boolean;
}

/** The first message about a patient, and to whom. */
export function StartDrawer(props: StartDrawerProps) {
  const recipients = useRecipients();
  return recipients.ready ? <Fields {...props} /> : null;
}

function Fields({ patientId: known, onClose, onStarted }: StartDrawerProps) {
  const t = useTranslations("discussions");
  const client = useTRPCClient();
  const toast = useToast();
  const recipients = useRecipients();
  const [messageId] = useState(() => crypto.randomUUID() as string);
  const started = useRef("");
  const form = useRecordForm<Values>({
    draft: `discussion ${known ?? "new"}`,
    schema: startDiscussionInput.omit({ id: true, messageId: true }),
    start: { patientId: known, participants: [], subject: "", body: "", clinical: recipients.readsChart },
    version: 1,
    send: async ({ patientId, ...values }, _version, id) => {
      const sent = await client.discussion.start.mutate({ ...values, id, messageId, patientId: patientId ?? "" });
      started.current = sent.id;
      return sent;
    },
    onSaved: () => {
      toast({ message: t("sent") });
      onStarted(started.current);
    },
  });
  const { values, set, errors } = form;
  const labels = {
    patientId: t("patient"),
    participants: t("to"),
    subject: t("subject"),
    body: t("message"),
    clinical: t("clinicalBox"),
  };
  const keys = values.participants.map(keyOfRecipient);

  function address(next: string[]) {
    const readable = next.every((key) => recipients.canRead(key));
    set({
      participants: next.flatMap((key) => recipientOf(key) ?? []),
      ...(!readable && { clinical: false }),
    });
  }

  return (
    <RecordDrawer
      title={t("start")}
      verb={t("send")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
      size={520}
    >
      {known === null && (
        <PatientField
          id="patientId"
          label={labels.patientId}
          value={values.patientId}
          error={errors.patientId}
          onChange={(patientId) => set({ patientId })}
        />
      )}
      <MultiSelect
        id="participants"
        label={labels.participants}
        data={recipients
          .options(false)
          .map(({ group, items }) => ({ group, items: items.filter(({ value }) => value !== recipients.myKey) }))}
        value={keys}
        error={errors.participants}
        onChange={address}
        searchable
        data-autofocus={known !== null || undefined}
      />
      <TextInput
        id="subject"
        label={labels.subject}
        value={values.subject}
        error={errors.subject}
        maxLength={200}
        onChange={(event) => set({ subject: event.currentTarget.value })}
        autoComplete="off"
      />
      <Textarea
        id="body"
        label={labels.body}
        description={t("never")}
        value={values.body}
        error={errors.body}
        maxLength={4000}
        autosize
        minRows={4}
        maxRows={14}
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
      {recipients.readsChart && (
        <Checkbox
          id="clinical"
          label={labels.clinical}
          description={t("clinicalHelp")}
          checked={values.clinical}
          error={errors.clinical}
          onChange={(event) => set({ clinical: event.currentTarget.checked })}
        />
      )}
    </RecordDrawer>
  );
}
