"use client";

import { useTranslations } from "next-intl";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import { ServiceDot } from "../_schedule/service-dot.tsx";
import { OnlineSwitch } from "./online-switch.tsx";
import classes from "./services.module.css";

/** Names that fit in a cell; the others are counted. */
const shown = 2;

/** What tells one service from another: its colour and name, how long, who gives it, and whether the public books it. */
export function useServiceColumns(
  resources: readonly ResourceRecord[] | undefined,
  /** Of whoever may change them: reads the list again. */
  onChanged?: () => Promise<unknown>,
): Column<ServiceRecord>[] {
  const t = useTranslations("services");
  const there = resources?.filter(({ status }) => status === "active") ?? [];

  function who({ requirements, status }: ServiceRecord) {
    const people = there.filter(({ id }) => requirements[0]?.candidates.includes(id)).map(({ name }) => name);
    if (people.length === 0) return status === "active" && <Chip tone="attention">{t("nobody")}</Chip>;
    const left = people.length - shown;
    return left > 1
      ? t("whoMore", { names: people.slice(0, shown).join(", "), count: left })
      : people.slice(0, shown + 1).join(", ");
  }

  return [
    {
      key: "name",
      label: t("name"),
      cell: ({ name, color }) => (
        <span className={classes.name}>
          <ServiceDot color={color} />
          <strong>{name}</strong>
        </span>
      ),
    },
    {
      key: "duration",
      label: t("duration"),
      cell: ({ durationMinutes }) => <span className="cv-nowrap">{t("minutes", { minutes: durationMinutes })}</span>,
    },
    { key: "who", label: t("who"), secondary: true, cell: who },
    {
      key: "online",
      label: t("booking"),
      cell: (service) => {
        const { online, audience, status } = service;
        if (status === "inactive") return <Chip>{t("statuses.inactive")}</Chip>;
        if (onChanged) return <OnlineSwitch service={service} onChanged={onChanged} />;
        return <Chip tone={online ? "good" : "neutral"}>{online ? t(`online.${audience}`) : t("online.never")}</Chip>;
      },
    },
  ];
}
