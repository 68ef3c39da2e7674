"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PatientView } from "#server/patient/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../../../_record/record-drawer.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import { PersonFields } from "../../_form/person-fields.tsx";
import { ProviderField } from "../../_form/provider-field.tsx";
import { besideFields, changesSchema, type PersonValues, toChanges, valuesOf } from "../../_form/values.ts";

interface IdentityFormProps {
  patient: PatientView;
  timeZone: string;
  onClose: () => void;
  onSaved: () => void;
}

/** Who somebody is, changed on top of what was on the screen. */
export function IdentityForm({ patient, timeZone, onClose, onSaved }: IdentityFormProps) {
  const t = useTranslations("patients.form");
  const client = useTRPCClient();
  const toast = useToast();
  const [start] = useState(() => valuesOf(patient));
  const form = useRecordForm<PersonValues>({
    draft: `patient ${patient.id}`,
    id: patient.id,
    schema: changesSchema(start),
    start,
    version: patient.version,
    onSaved: () => {
      toast({ message: t("saved") });
      onSaved();
    },
    send: (values, version, id) =>
      client.patient.update.mutate({
        id,
        version,
        changes: toChanges(values, start) as Parameters<typeof client.patient.update.mutate>[0]["changes"],
      }),
  });
  const { values, set } = form;
  const errors = besideFields(form.errors, values);
  const labels = {
    familyName: t("familyName"),
    givenName: t("givenName"),
    birthFamilyName: t("birthFamilyName"),
    preferredName: t("preferredName"),
    nam: t("nam"),
    namExpiry: t("expiry"),
    namReason: t("reason"),
    birthDate: t("birthDate"),
    sex: t("sex"),
    gender: t("gender"),
    pronouns: t("pronouns"),
  };
  return (
    <RecordDrawer
      title={patient.displayName}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={{ ...form, errors }}
      differences={form.differences(labels, (name, from) => String(from[name] ?? "–"))}
      size={720}
    >
      <PersonFields values={values} set={set} errors={errors} timeZone={timeZone} masked={patient.namMasked} />
      <ProviderField
        id="familyDoctorId"
        kind="practitioner"
        value={values.familyDoctorId}
        known={patient.familyDoctor}
        onChange={(familyDoctorId) => set({ familyDoctorId })}
        error={errors.familyDoctorId}
      />
      <ProviderField
        id="pharmacyId"
        kind="pharmacy"
        value={values.pharmacyId}
        known={patient.pharmacy}
        onChange={(pharmacyId) => set({ pharmacyId })}
        error={errors.pharmacyId}
      />
    </RecordDrawer>
  );
}
