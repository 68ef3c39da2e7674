"use client";

import { Select, Switch, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { LocationRecord } from "#server/location/record.ts";
import { addLocationInput, changeLocationInput, timeZones } from "#server/location/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

interface LocationFormProps {
  /** Absent for a new one. */
  location: LocationRecord | undefined;
  /** The clinic's, for a new one. */
  timeZone: string;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Pick<LocationRecord, "name" | "addressLine" | "city" | "postalCode" | "phone" | "timeZone" | "status">;

/** One location: where it is, how it is reached, in which time it lives. */
export function LocationForm({ location, timeZone, onClose, onSaved }: LocationFormProps) {
  const t = useTranslations("locations");
  const words = useTranslations("vocabulary.timeZones");
  const client = useTRPCClient();
  const toast = useToast();
  const start: Values = location ?? {
    name: "",
    addressLine: "",
    city: "",
    postalCode: "",
    phone: "",
    timeZone,
    status: "active",
  };
  const form = useRecordForm<Values>({
    draft: `location ${location?.id ?? "new"}`,
    id: location?.id,
    schema: location
      ? changeLocationInput.omit({ id: true, version: true, active: true })
      : addLocationInput.omit({ id: true }),
    start,
    version: location?.version ?? 1,
    onSaved: () => {
      toast({ message: t(location ? "saved" : "added") });
      onSaved();
    },
    send: ({ status, ...card }, version, id) => {
      const input = { ...card, id, timeZone: card.timeZone as (typeof timeZones)[number] };
      return location
        ? client.location.change.mutate({ ...input, version, active: status === "active" })
        : client.location.add.mutate(input);
    },
  });
  const { values, set, errors } = form;
  const labels = {
    name: t("name"),
    addressLine: t("addressLine"),
    city: t("city"),
    postalCode: t("postalCode"),
    phone: t("phone"),
    timeZone: t("timeZone"),
    status: t("status"),
  };
  const show = (name: keyof Values, from: Values) => {
    if (name === "timeZone") return words(from.timeZone as "America/Toronto");
    return name === "status" ? t(`statuses.${from.status as "active"}`) : from[name];
  };
  const text = (name: "name" | "addressLine" | "city" | "postalCode" | "phone") => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });

  return (
    <RecordDrawer
      title={location?.name ?? t("add")}
      verb={t(location ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, show)}
    >
      <TextInput {...text("name")} data-autofocus autoComplete="off" />
      <TextInput {...text("addressLine")} placeholder={t("addressExample")} autoComplete="off" />
      <div className={classes.pair}>
        <TextInput {...text("city")} autoComplete="off" />
        <TextInput {...text("postalCode")} placeholder="G1L 3L5" autoComplete="off" autoCapitalize="characters" />
      </div>
      <TextInput {...text("phone")} type="tel" inputMode="tel" placeholder="418 555-0142" autoComplete="off" />
      <Select
        id="timeZone"
        label={labels.timeZone}
        data={timeZones.map((value) => ({ value, label: words(value) }))}
        value={values.timeZone}
        onChange={(value) => value && set({ timeZone: value })}
        error={errors.timeZone}
      />
      {location && (
        <Switch
          id="status"
          label={t("inService")}
          description={t("inServiceHelp")}
          checked={values.status === "active"}
          onChange={(event) => set({ status: event.currentTarget.checked ? "active" : "inactive" })}
        />
      )}
    </RecordDrawer>
  );
}
