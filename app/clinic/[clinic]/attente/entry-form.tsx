"use client";

import { Button, Chip, MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { practitionerName } from "#server/practitioner/practitioner-name.ts";
import type { EntryRecord } from "#server/waitlist/list-entries.ts";
import { entryCard, newEntryCard } from "#server/waitlist/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { MinuteInput } from "../../../_ui/minute-input/minute-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { PatientField } from "../_record/patient-field.tsx";
import recordClasses from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./waitlist.module.css";

interface EntryFormProps {
  /** Absent for a new one. */
  entry: EntryRecord | undefined;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Pick<
  EntryRecord,
  "locationId" | "resourceIds" | "weekdays" | "fromMinute" | "untilMinute" | "untilDate" | "priority" | "note"
> & { patientId: string | null; serviceId: string | null };

const days = [1, 2, 3, 4, 5, 6, 7];
const blank: Values = {
  patientId: null,
  serviceId: null,
  locationId: null,
  resourceIds: [],
  weekdays: [],
  fromMinute: 0,
  untilMinute: 1440,
  untilDate: null,
  priority: 2,
  note: "",
};

/** One person on the list: for what, with whom, when it would suit. */
export function EntryForm({ entry, onClose, onSaved }: EntryFormProps) {
  const t = useTranslations("waitlist");
  const locale = useLocale();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const services = useQuery(trpc.schedule.service.list.queryOptions({ status: "active", most: 100 }));
  const practitioners = useQuery(trpc.practitioner.list.queryOptions({ most: 100 }));
  const locations = useQuery(trpc.location.list.queryOptions());
  const [removing, setRemoving] = useState(false);
  const form = useRecordForm<Values>({
    draft: `waitlist ${entry?.id ?? "new"}`,
    id: entry?.id,
    schema: entry ? entryCard : newEntryCard,
    start: entry ?? blank,
    version: entry?.version ?? 1,
    onSaved: () => {
      toast({ message: t(entry ? "saved" : "added") });
      onSaved();
    },
    send: ({ patientId, serviceId, resourceIds, weekdays, ...rest }, version, id) => {
      const wish = { ...rest, serviceId: serviceId ?? "", resourceIds: [...resourceIds], weekdays: [...weekdays] };
      return entry
        ? client.waitlist.change.mutate({ ...wish, id, version })
        : client.waitlist.add.mutate({ ...wish, id, patientId: patientId ?? "" });
    },
  });
  const { values, set, errors } = form;
  const labels = {
    patientId: t("patient"),
    serviceId: t("what"),
    resourceIds: t("withWhom"),
    locationId: t("where"),
    weekdays: t("days"),
    fromMinute: t("from"),
    untilMinute: t("until"),
    untilDate: t("lastDay"),
    priority: t("priority"),
    note: t("note"),
  };
  const people = (practitioners.data?.rows ?? [])
    .filter(({ status }) => status === "active")
    .map((one) => ({ value: one.id, label: practitionerName(one) }));
  const weekday = (day: number) =>
    new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));

  async function remove() {
    if (!entry) return;
    try {
      await client.waitlist.remove.mutate({ id: entry.id, version: entry.version });
      toast({ message: t("removed") });
      onSaved();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <RecordDrawer
      title={entry ? `${entry.givenName} ${entry.familyName}` : t("add")}
      verb={t(entry ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] ?? "–"))}
    >
      {!entry && (
        <PatientField
          id="patientId"
          label={labels.patientId}
          value={values.patientId}
          error={errors.patientId && t("patientNeeded")}
          onChange={(patientId) => set({ patientId })}
        />
      )}
      <Select
        id="serviceId"
        label={labels.serviceId}
        data={(services.data?.rows ?? []).map(({ id: value, name: label }) => ({ value, label }))}
        value={values.serviceId}
        error={errors.serviceId && t("serviceNeeded")}
        onChange={(serviceId) => set({ serviceId })}
        searchable
      />
      <MultiSelect
        id="resourceIds"
        label={labels.resourceIds}
        placeholder={values.resourceIds.length === 0 ? t("anyone") : undefined}
        data={people}
        value={[...values.resourceIds]}
        onChange={(resourceIds) => set({ resourceIds })}
        clearable
      />
      {(locations.data?.length ?? 0) > 1 && (
        <Select
          id="locationId"
          label={labels.locationId}
          placeholder={t("anywhere")}
          data={(locations.data ?? []).map(({ id: value, name: label }) => ({ value, label }))}
          value={values.locationId}
          onChange={(locationId) => set({ locationId })}
          clearable
        />
      )}
      <fieldset className={classes.fieldset}>
        <legend>{labels.weekdays}</legend>
        <Chip.Group
          multiple
          value={values.weekdays.map(String)}
          onChange={(chosen) => set({ weekdays: chosen.map(Number).sort() })}
        >
          <div className={classes.days}>
            {days.map((day) => (
              <Chip key={day} value={String(day)}>
                {weekday(day)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        <p className={recordClasses.note}>{t("daysHelp")}</p>
      </fieldset>
      <div className={recordClasses.pair}>
        <MinuteInput
          id="fromMinute"
          label={labels.fromMinute}
          value={values.fromMinute}
          error={errors.fromMinute}
          onChange={(fromMinute) => set({ fromMinute })}
        />
        <MinuteInput
          id="untilMinute"
          label={labels.untilMinute}
          value={values.untilMinute}
          error={errors.untilMinute}
          onChange={(untilMinute) => set({ untilMinute })}
        />
      </div>
      <DayInput
        label={labels.untilDate}
        value={values.untilDate}
        error={errors.untilDate}
        onChange={(untilDate) => set({ untilDate })}
      />
      <div>
        <p className={classes.label} id="priority-label">
          {labels.priority}
        </p>
        <SegmentedControl
          fullWidth
          aria-labelledby="priority-label"
          data={([1, 2, 3] as const).map((value) => ({ value: String(value), label: t(`priorities.${value}`) }))}
          value={String(values.priority)}
          onChange={(priority) => set({ priority: Number(priority) })}
        />
      </div>
      <TextInput
        id="note"
        label={labels.note}
        description={t("noteHelp")}
        value={values.note}
        error={errors.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        autoComplete="off"
      />
      {entry && (
        <Button variant="subtle" color="brique" onClick={() => setRemoving(true)} className={classes.remove}>
          {t("remove")}
        </Button>
      )}
      {entry && (
        <ConfirmDialog
          opened={removing}
          onClose={() => setRemoving(false)}
          title={t("removeTitle", { name: `${entry.givenName} ${entry.familyName}` })}
          consequences={[t("removeNow")]}
          verb={t("remove")}
          onConfirm={remove}
          danger
        />
      )}
    </RecordDrawer>
  );
}
