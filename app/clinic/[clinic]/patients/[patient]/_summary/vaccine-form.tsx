"use client";

import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  type ImmunizationStatus,
  immunizationCard,
  immunizationStatuses,
  type Origin,
  origins,
  type Route,
  routes,
  type Site,
  sites,
} from "#server/immunization/schema.ts";
import type { ImmunizationView } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import { Already, standingEntry, without } from "./already.tsx";
import { ConceptField, uncoded } from "./concept-field.tsx";
import { InlineForm } from "./inline-form.tsx";
import classes from "./summary.module.css";
import { useRefreshRecord, useSummary } from "./use-summary.ts";

type Values = Omit<ImmunizationView, "id" | "version" | "by" | "writtenAt">;

interface VaccineFormProps {
  patientId: string;
  today: string;
  /** Absent for a new one. */
  vaccine?: ImmunizationView;
  onClose: () => void;
  /** Opens another entry of the card. */
  onOpen: (id: string) => void;
}

/** A vaccine given here or elsewhere, with what is printed on its vial; or not given, and why. */
export function VaccineForm({ patientId, today, vaccine, onClose, onOpen }: VaccineFormProps) {
  const t = useTranslations("record");
  const client = useTRPCClient();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const form = useRecordForm<Values>({
    draft: `vaccine ${vaccine?.id ?? patientId}`,
    ...(vaccine && { id: vaccine.id }),
    schema: immunizationCard,
    start: vaccine ? pick(vaccine) : { ...blank, occurred: today },
    version: vaccine?.version ?? 1,
    onSaved: () => {
      toast({ message: t("saved") });
      void refresh();
      onClose();
    },
    send: (values, version, id) =>
      vaccine
        ? client.immunization.change.mutate({ ...values, id, version })
        : client.immunization.add.mutate({ ...values, id, patientId }),
  });
  const { values, set, errors } = form;
  const v = useTranslations("record.vaccines");
  const labels = {
    vaccine: v("vaccine"),
    product: v("product"),
    occurred: v("occurred"),
    lot: v("lot"),
    expiresOn: v("expiresOn"),
    site: v("site"),
    route: v("route"),
    dose: v("dose"),
    doseNumber: v("doseNumber"),
    origin: v("origin"),
    status: v("status"),
    notDoneReason: v("reason"),
    note: t("note"),
  };
  const line = (name: "product" | "lot" | "dose" | "notDoneReason") => (
    <TextInput
      id={name}
      label={labels[name]}
      value={values[name]}
      error={errors[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  const isGiven = values.status === "completed";
  const others = without(useSummary(patientId).data, vaccine?.id);
  const named = { ...values, words: [values.vaccine] };
  const same = isGiven ? standingEntry(others, "vaccine", named, values.occurred) : undefined;
  return (
    <InlineForm
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] || "–"))}
      verb={t(vaccine ? "save" : "add")}
      isNew={vaccine === undefined}
      onClose={onClose}
    >
      <Already one={same} onOpen={onOpen} />
      <ConceptField
        id="vaccine"
        label={labels.vaccine}
        kind="vaccine"
        value={values.vaccine}
        coding={values}
        error={errors.vaccine}
        onChange={(words, coding) => set({ vaccine: words, ...coding })}
      />
      <div className={classes.pair}>
        <Select
          id="status"
          label={labels.status}
          data={immunizationStatuses.map((value) => ({ value, label: v(`statuses.${value}`) }))}
          value={values.status}
          onChange={(status) => status && set({ status: status as ImmunizationStatus })}
          allowDeselect={false}
        />
        <TextInput
          id="occurred"
          label={labels.occurred}
          placeholder={t("date")}
          value={values.occurred}
          error={errors.occurred}
          onChange={(event) => set({ occurred: event.currentTarget.value.trim() })}
          autoComplete="off"
        />
      </div>
      {!isGiven && line("notDoneReason")}
      {isGiven && (
        <div className={classes.pair}>
          <Select
            id="origin"
            label={labels.origin}
            data={origins.map((value) => ({ value, label: v(`origins.${value}`) }))}
            value={values.origin}
            onChange={(origin) => origin && set({ origin: origin as Origin })}
            allowDeselect={false}
          />
          {line("product")}
          {line("lot")}
          <DayInput
            label={labels.expiresOn}
            value={values.expiresOn}
            error={errors.expiresOn}
            onChange={(expiresOn) => set({ expiresOn })}
          />
          <Select
            id="site"
            label={labels.site}
            data={sites.map((value) => ({ value, label: v(`sites.${value || "none"}`) }))}
            value={values.site}
            onChange={(site) => set({ site: (site ?? "") as Site })}
            allowDeselect={false}
          />
          <Select
            id="route"
            label={labels.route}
            data={routes.map((value) => ({ value, label: v(`routes.${value || "none"}`) }))}
            value={values.route}
            onChange={(route) => set({ route: (route ?? "") as Route })}
            allowDeselect={false}
          />
          {line("dose")}
          <NumberInput
            id="doseNumber"
            label={labels.doseNumber}
            value={values.doseNumber ?? ""}
            error={errors.doseNumber}
            onChange={(doseNumber) => set({ doseNumber: typeof doseNumber === "number" ? doseNumber : null })}
            min={1}
            max={20}
            allowDecimal={false}
          />
        </div>
      )}
      <Textarea
        id="note"
        label={labels.note}
        value={values.note}
        error={errors.note}
        autosize
        minRows={1}
        maxRows={6}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </InlineForm>
  );
}

const blank: Values = {
  ...uncoded,
  vaccine: "",
  product: "",
  occurred: "",
  lot: "",
  expiresOn: null,
  site: "",
  route: "",
  dose: "",
  doseNumber: null,
  origin: "here",
  notDoneReason: "",
  note: "",
  status: "completed",
};

function pick({ id: _id, version: _version, by: _by, writtenAt: _at, ...values }: ImmunizationView): Values {
  return values;
}
