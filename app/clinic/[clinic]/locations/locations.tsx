"use client";

import { Button } from "@mantine/core";
import { IconBuilding, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { LocationRecord } from "#server/location/record.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { LocationForm } from "./location-form.tsx";

/** The list of locations, and the open one beside it. */
export function Locations({ timeZone, mayManage }: { timeZone: string; mayManage: boolean }) {
  const t = useTranslations("locations");
  const say = useErrorText();
  const trpc = useTRPC();
  const list = useQuery(trpc.location.list.queryOptions());
  const [open, setOpen] = useState<LocationRecord | "new">();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );

  const columns: Column<LocationRecord>[] = [
    { key: "name", label: t("name"), cell: ({ name }) => <strong>{name}</strong> },
    {
      key: "address",
      label: t("address"),
      secondary: true,
      cell: ({ addressLine, city, postalCode }) => [addressLine, city, postalCode].filter(Boolean).join(", ") || "–",
    },
    {
      key: "phone",
      label: t("phone"),
      secondary: true,
      cell: ({ phone }) => <span className="cv-nowrap">{phone || "–"}</span>,
    },
    {
      key: "status",
      label: t("status"),
      cell: ({ status }) => (
        <Chip tone={status === "active" ? "good" : "neutral"}>{t(`statuses.${status as "active"}`)}</Chip>
      ),
    },
  ];

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayManage && add}
      </PageHead>
      <PageBody>
        {list.isError ? (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={list.data}
            rowKey={({ id }) => id}
            onOpen={mayManage ? setOpen : undefined}
            empty={
              <EmptyState icon={<IconBuilding />} title={t("emptyTitle")} action={mayManage && add}>
                {t("emptyText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open && (
        <LocationForm
          key={open === "new" ? "new" : open.id}
          location={open === "new" ? undefined : open}
          timeZone={timeZone}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            void list.refetch();
          }}
        />
      )}
    </>
  );
}
