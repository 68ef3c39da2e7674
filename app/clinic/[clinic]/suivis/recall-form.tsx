"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { practitionerName } from "#server/practitioner/practitioner-name.ts";
import type { RecallRecord } from "#server/recall/list-recalls.ts";
import { addRecallInput, changeRecallInput } from "#server/recall/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { inMonths, spans } from "../_record/in-months.ts";
import { PatientField } from "../_record/patient-field.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./recalls.module.css";

interface RecallFormProps {
  /** Absent for a new one. */
  recall: RecallRecord | undefined;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Pick<RecallRecord, "serviceId" | "practitionerId" | "reason"> & {
  patientId: string | null;
  dueOn: string | null;
};

/** « See again in six months »: whom, when, for what. */
export function RecallForm({ recall, onClose, onSaved }: RecallFormProps) {
  const t = useTranslations("recalls");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const services = useQuery(trpc.schedule.service.list.queryOptions({ status: "active", most: 100 }));
  const practitioners = useQuery(trpc.practitioner.list.queryOptions({ most: 100 }));
  const form = useRecordForm<Values>({
    draft: `recall ${recall?.id ?? "new"}`,
    id: recall?.id,
    schema: recall ? changeRecallInput.omit({ id: true, version: true }) : addRecallInput.omit({ id: true }),
    start: recall ?? { patientId: null, serviceId: null, practitionerId: null, dueOn: null, reason: "" },
    version: recall?.version ?? 1,
    onSaved: () => {
      toast({ message: t(recall ? "saved" : "added") });
      onSaved();
    },
    send: ({ patientId, serviceId, practitionerId, dueOn, reason }, version, id) => {
      const card = { id, serviceId, practitionerId, reason, dueOn: dueOn ?? "" };
      return recall
        ? client.recall.change.mutate({ ...card, version })
        : client.recall.add.mutate({ ...card, patientId: patientId ?? "" });
    },
  });
  const { values, set, errors } = form;
  const labels = {
    patientId: t("who"),
    dueOn: t("due"),
    serviceId: t("service"),
    practitionerId: t("withWhom"),
    reason: t("reason"),
  };
  return (
    <RecordDrawer
      title={recall ? `${recall.givenName} ${recall.familyName}` : t("add")}
      verb={t(recall ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] ?? "–"))}
    >
      {!recall && (
        <PatientField
          id="patientId"
          label={labels.patientId}
          value={values.patientId}
          error={errors.patientId && t("patientNeeded")}
          onChange={(patientId) => set({ patientId })}
        />
      )}
      <div>
        <DayInput
          label={labels.dueOn}
          value={values.dueOn}
          error={errors.dueOn && t("dueNeeded")}
          onChange={(dueOn) => set({ dueOn })}
        />
        <div className={classes.spans}>
          {spans.map((months) => (
            <Button key={months} variant="default" size="compact-sm" onClick={() => set({ dueOn: inMonths(months) })}>
              {t("inMonths", { count: months })}
            </Button>
          ))}
        </div>
      </div>
      <TextInput
        id="reason"
        label={labels.reason}
        value={values.reason}
        error={errors.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        autoComplete="off"
      />
      <Select
        id="serviceId"
        label={labels.serviceId}
        description={t("serviceHelp")}
        placeholder={t("anyVisit")}
        data={(services.data?.rows ?? []).map(({ id: value, name: label }) => ({ value, label }))}
        value={values.serviceId}
        onChange={(serviceId) => set({ serviceId })}
        clearable
        searchable
      />
      <Select
        id="practitionerId"
        label={labels.practitionerId}
        placeholder={t("anyone")}
        data={(practitioners.data?.rows ?? []).map((one) => ({ value: one.id, label: practitionerName(one) }))}
        value={values.practitionerId}
        onChange={(practitionerId) => set({ practitionerId })}
        clearable
        searchable
      />
    </RecordDrawer>
  );
}
