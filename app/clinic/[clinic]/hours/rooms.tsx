"use client";

import { Button } from "@mantine/core";
import { IconDoor, IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import classes from "./hours.module.css";
import type { Known } from "./known.ts";
import { RoomForm } from "./room-form.tsx";

/** Rooms and devices, which two visits cannot have at once either. */
export function Rooms({ resources, locations, mayManage, onChanged }: Known & { onChanged: () => void }) {
  const t = useTranslations("hours.rooms");
  const [open, setOpen] = useState<ResourceRecord | "new">();
  const rooms = resources.filter(({ kind }) => kind !== "practitioner");
  const names = new Map(locations.map(({ id, name }) => [id, name]));
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );
  const columns: Column<ResourceRecord>[] = [
    { key: "name", label: t("name"), cell: ({ name }) => <strong>{name}</strong> },
    { key: "kind", label: t("kind"), secondary: true, cell: ({ kind }) => t(`kinds.${kind as "room"}`) },
    { key: "type", label: t("type"), cell: ({ type }) => type || "–" },
    { key: "where", label: t("where"), secondary: true, cell: ({ locationId }) => names.get(locationId ?? "") ?? "" },
    {
      key: "status",
      label: t("status"),
      cell: ({ status }) => <Chip tone={status === "active" ? "good" : "neutral"}>{t(`statuses.${status}`)}</Chip>,
    },
  ];
  return (
    <>
      {mayManage && rooms.length > 0 && <div className={classes.acts}>{add}</div>}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rooms}
        rowKey={({ id }) => id}
        onOpen={mayManage ? setOpen : undefined}
        empty={
          <EmptyState icon={<IconDoor />} title={t("emptyTitle")} action={mayManage && add}>
            {t("emptyText")}
          </EmptyState>
        }
      />
      {open && (
        <RoomForm
          key={open === "new" ? "new" : open.id}
          room={open === "new" ? undefined : open}
          types={[...new Set(rooms.map(({ type }) => type).filter(Boolean))]}
          locations={locations}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}
