"use client";

import { Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { z } from "zod";
import type { ContactView } from "#server/patient/record.ts";
import { contactInput, contactUses } from "#server/patient/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { RecordDrawer } from "../../../_record/record-drawer.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";

interface ContactFormProps {
  patientId: string;
  contact: ContactView | undefined;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Pick<ContactView, "system" | "use" | "value" | "city" | "province" | "postalCode" | "rank">;

const blank: Values = {
  system: "phone",
  use: "mobile",
  value: "",
  city: "",
  province: "Québec",
  postalCode: "",
  rank: 1,
};

/** What of the form goes with its kind. */
const toContact = ({ city, province, postalCode, ...rest }: Values) =>
  rest.system === "address" ? { ...rest, city, province, postalCode } : rest;

/** One way to reach somebody. */
export function ContactForm({ patientId, contact, onClose, onSaved }: ContactFormProps) {
  const t = useTranslations("patients");
  const client = useTRPCClient();
  const { system, use, value, city, province, postalCode, rank } = contact ?? blank;
  const form = useRecordForm<Values>({
    draft: `contact ${contact?.id ?? patientId}`,
    id: contact?.id,
    schema: z.preprocess((values) => toContact(values as Values), contactInput),
    start: { system, use, value, city, province, postalCode, rank },
    version: contact?.version ?? 1,
    onSaved,
    send: (values, version, id) => {
      const input = toContact(values) as z.input<typeof contactInput>;
      return contact
        ? client.patient.updateContact.mutate({ id, version, contact: input })
        : client.patient.addContact.mutate({ patientId, contact: input });
    },
  });
  const { values, set } = form;
  const errors = Object.fromEntries(
    Object.entries(form.errors).map(([path, sentence]) => [path.replace(/^contact-/, ""), sentence]),
  );
  const text = (name: "value" | "city" | "province" | "postalCode", label: string) => (
    <TextInput
      id={name}
      label={label}
      value={values[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      error={errors[name]}
      autoComplete="off"
      {...(name === "value" && { "data-autofocus": true })}
    />
  );
  const labels = { value: t("contact.value"), postalCode: t("form.postalCode") };
  return (
    <RecordDrawer
      title={t("file.addContact")}
      verb={t("form.save")}
      onClose={onClose}
      labels={labels}
      form={{ ...form, errors }}
      differences={form.differences(labels, (name, from) => String(from[name] ?? "–"))}
    >
      <Select
        label={t("contact.system")}
        data={(["phone", "sms", "email", "address"] as const).map((one) => ({
          value: one,
          label: t(`contact.systems.${one}`),
        }))}
        value={values.system}
        onChange={(next) => next && set({ system: next as Values["system"] })}
        allowDeselect={false}
      />
      {text("value", t(`contact.systems.${values.system}`))}
      {values.system === "address" && (
        <>
          {text("city", t("form.city"))}
          {text("province", t("form.province"))}
          {text("postalCode", t("form.postalCode"))}
        </>
      )}
      <Select
        label={t("contact.use")}
        data={contactUses.map((one) => ({ value: one, label: t(`contact.uses.${one}`) }))}
        value={values.use}
        onChange={(next) => next && set({ use: next as Values["use"] })}
        allowDeselect={false}
      />
    </RecordDrawer>
  );
}
