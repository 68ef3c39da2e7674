"use client";

import { SegmentedControl, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type AlertSeverity, addAlertInput, alertSeverities } from "#server/patient/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { RecordDrawer } from "../../../_record/record-drawer.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";

interface AlertFormProps {
  patientId: string;
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  text: string;
  severity: AlertSeverity;
  until: string | null;
}

/** A few words that everybody who opens the file will see. */
export function AlertForm({ patientId, onClose, onSaved }: AlertFormProps) {
  const t = useTranslations("patients.alert");
  const file = useTranslations("patients.file");
  const client = useTRPCClient();
  const form = useRecordForm<Values>({
    draft: `alert ${patientId}`,
    schema: addAlertInput.omit({ id: true, patientId: true }),
    start: { text: "", severity: "attention", until: null },
    version: 1,
    onSaved,
    send: (values, _version, id) => client.patient.addAlert.mutate({ ...values, id, patientId }),
  });
  const { values, set, errors } = form;
  return (
    <RecordDrawer
      title={file("addAlert")}
      verb={file("addAlert")}
      onClose={onClose}
      labels={{ text: t("text"), until: t("until") }}
      form={form}
      differences={[]}
    >
      <TextInput
        id="text"
        label={t("text")}
        placeholder={t("textExample")}
        value={values.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        error={errors.text}
        maxLength={160}
        autoComplete="off"
        data-autofocus
      />
      <SegmentedControl
        aria-label={t("severity")}
        data={alertSeverities.map((value) => ({ value, label: t(`severities.${value}`) }))}
        value={values.severity}
        onChange={(severity) => set({ severity: severity as AlertSeverity })}
      />
      <DayInput
        label={`${t("until")} (${t("untilHelp")})`}
        value={values.until}
        onChange={(until) => set({ until })}
        error={errors.until}
      />
    </RecordDrawer>
  );
}
