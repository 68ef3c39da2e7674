"use client";

import { Autocomplete, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { LocationRecord } from "#server/location/record.ts";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import { addResourceInput, changeResourceInput } from "#server/schedule/resource/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

interface RoomFormProps {
  /** Absent for a new one. */
  room: ResourceRecord | undefined;
  /** Types that are there already: the same word makes the same type. */
  types: readonly string[];
  locations: readonly LocationRecord[];
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  kind: "room" | "device";
  name: string;
  type: string;
  locationId: string;
  status: "active" | "inactive";
}

/** One room or device: where it stands, and of what type, so that a service may ask for any of them. */
export function RoomForm({ room, types, locations, onClose, onSaved }: RoomFormProps) {
  const t = useTranslations("hours.rooms");
  const client = useTRPCClient();
  const toast = useToast();
  const places = locations.filter(({ id, status }) => status === "active" || id === room?.locationId);
  const start: Values = {
    kind: room?.kind === "device" ? "device" : "room",
    name: room?.name ?? "",
    type: room?.type ?? "",
    locationId: room?.locationId ?? places[0]?.id ?? "",
    status: room?.status ?? "active",
  };
  const form = useRecordForm<Values>({
    draft: `room ${room?.id ?? "new"}`,
    id: room?.id,
    schema: room
      ? changeResourceInput.omit({ id: true, version: true, active: true })
      : addResourceInput.omit({ id: true }),
    start,
    version: room?.version ?? 1,
    onSaved: () => {
      toast({ message: t(room ? "saved" : "added") });
      onSaved();
    },
    send: ({ status, kind, ...card }, version, id) =>
      room
        ? client.schedule.resource.change.mutate({ ...card, id, version, active: status === "active" })
        : client.schedule.resource.add.mutate({ ...card, kind, id }),
  });
  const { values, set, errors } = form;
  const labels = { name: t("name"), type: t("type"), locationId: t("where"), status: t("status") };

  return (
    <RecordDrawer
      title={room?.name ?? t("add")}
      verb={t(room ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => {
        if (name === "status") return t(`statuses.${from.status}`);
        return name === "locationId" ? (places.find(({ id }) => id === from.locationId)?.name ?? "") : from[name];
      })}
    >
      {!room && (
        <SegmentedControl
          aria-label={t("kind")}
          value={values.kind}
          onChange={(kind) => set({ kind: kind as "room" })}
          data={(["room", "device"] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      )}
      <TextInput
        id="name"
        label={labels.name}
        placeholder={t(`examples.${values.kind}`)}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={errors.name}
        autoComplete="off"
        data-autofocus
      />
      <Autocomplete
        id="type"
        size="sm"
        label={labels.type}
        description={t("typeHelp")}
        data={[...types]}
        value={values.type}
        onChange={(type) => set({ type })}
        error={errors.type}
        autoComplete="off"
      />
      <Select
        id="locationId"
        label={labels.locationId}
        data={places.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.locationId}
        onChange={(locationId) => locationId && set({ locationId })}
        error={errors.locationId}
      />
      {room && (
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
