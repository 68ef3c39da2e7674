"use client";

import { Checkbox, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RelatedPersonView } from "#server/patient/record.ts";
import { relatedPersonInput, relationships } from "#server/patient/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { RecordDrawer } from "../../../_record/record-drawer.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";

interface RelatedFormProps {
  patientId: string;
  person: RelatedPersonView | undefined;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Omit<RelatedPersonView, "id" | "actsToday" | "version">;

/** Who stands beside a patient, and whether they may act: the right follows the patient's age by itself (AC-17). */
export function RelatedForm({ patientId, person, onClose, onSaved }: RelatedFormProps) {
  const t = useTranslations("patients");
  const client = useTRPCClient();
  const {
    id: _id,
    actsToday: _acts,
    version: _version,
    ...known
  } = person ?? {
    ...{ id: "", actsToday: false, version: 1, relationship: "mother" as const, familyName: "", givenName: "" },
    ...{ phone: "", email: "", mayAct: false, relatedPatientId: null, grantedOn: null, grantedUntil: null },
  };
  const form = useRecordForm<Values>({
    draft: `related ${person?.id ?? patientId}`,
    id: person?.id,
    schema: relatedPersonInput,
    start: known,
    version: person?.version ?? 1,
    onSaved,
    send: (values, version, id) =>
      person
        ? client.patient.updateRelatedPerson.mutate({ id, version, person: values })
        : client.patient.addRelatedPerson.mutate({ patientId, person: values }),
  });
  const { values, set } = form;
  const errors = Object.fromEntries(
    Object.entries(form.errors).map(([path, sentence]) => [path.replace(/^person-/, ""), sentence]),
  );
  const text = (name: "givenName" | "familyName" | "phone" | "email", label: string, focus = false) => (
    <TextInput
      id={name}
      label={label}
      value={values[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      error={errors[name]}
      autoComplete="off"
      {...(focus && { "data-autofocus": true })}
    />
  );
  const labels = {
    givenName: t("form.givenName"),
    familyName: t("form.familyName"),
    phone: t("related.phone"),
    email: t("related.email"),
    grantedUntil: t("related.grantedUntil"),
  };
  return (
    <RecordDrawer
      title={t("file.addRelated")}
      verb={t("form.save")}
      onClose={onClose}
      labels={labels}
      form={{ ...form, errors }}
      differences={form.differences(labels, (name, from) => String(from[name] ?? "–"))}
    >
      <Select
        label={t("related.relationship")}
        data={relationships.map((value) => ({ value, label: t(`related.relationships.${value}`) }))}
        value={values.relationship}
        onChange={(next) => next && set({ relationship: next as Values["relationship"] })}
        allowDeselect={false}
      />
      {text("givenName", labels.givenName, true)}
      {text("familyName", labels.familyName)}
      {text("phone", labels.phone)}
      {text("email", labels.email)}
      <Checkbox
        label={t("related.mayAct")}
        description={t("related.mayActHelp")}
        checked={values.mayAct}
        onChange={(event) => set({ mayAct: event.currentTarget.checked })}
      />
      {values.mayAct && (
        <>
          <DayInput
            label={t("related.grantedOn")}
            value={values.grantedOn}
            onChange={(grantedOn) => set({ grantedOn })}
            error={errors.grantedOn}
          />
          <DayInput
            label={labels.grantedUntil}
            value={values.grantedUntil}
            onChange={(grantedUntil) => set({ grantedUntil })}
            error={errors.grantedUntil}
          />
        </>
      )}
    </RecordDrawer>
  );
}
