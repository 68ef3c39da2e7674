"use client";

import { Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { AuditFilter } from "#server/audit/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import classes from "./journal.module.css";
import { useEventWords } from "./use-event-words.ts";
import type { JournalAddress } from "./use-journal-address.ts";

type FiltersProps = { address: JournalAddress; onChange: (next: Partial<JournalAddress>) => void };

/** What is looked for. Each change is applied at once; the address keeps it. */
export function JournalFilters({ address, onChange }: FiltersProps) {
  const t = useTranslations("journal");
  const trpc = useTRPC();
  const { groups } = useEventWords();
  const { filter, mine } = address;
  const agents = useQuery(trpc.audit.agents.queryOptions(undefined, { enabled: !mine }));
  const set = (changes: AuditFilter) => onChange({ filter: { ...filter, ...changes } });

  return (
    <search className={classes.filters} aria-label={t("filters")}>
      <DayInput
        label={t("from")}
        value={filter.from ?? null}
        max={filter.to}
        onChange={(day) => set({ from: day ?? undefined })}
      />
      <DayInput
        label={t("to")}
        value={filter.to ?? null}
        min={filter.from}
        onChange={(day) => set({ to: day ?? undefined })}
      />
      {!mine && (
        <Select
          label={t("person")}
          placeholder={t("anyone")}
          searchable
          clearable
          data={(agents.data ?? []).map(({ id, label }) => ({ value: id, label: label ?? id }))}
          value={filter.agentId ?? null}
          onChange={(agentId) => set({ agentId: agentId ?? undefined })}
        />
      )}
      <Select
        label={t("gesture")}
        placeholder={t("any")}
        searchable
        clearable
        data={groups}
        value={filter.event ?? null}
        onChange={(event) => set({ event: event ?? undefined })}
      />
      <Select
        label={t("outcome")}
        placeholder={t("any")}
        clearable
        data={(["success", "refused", "failed"] as const).map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        value={filter.outcome ?? null}
        onChange={(outcome) => set({ outcome: (outcome as AuditFilter["outcome"]) ?? undefined })}
      />
      {filter.patientId && (
        <Button
          variant="default"
          rightSection={<IconX size={16} aria-hidden />}
          onClick={() => set({ patientId: undefined })}
        >
          {t("onePatient")}
        </Button>
      )}
      {Object.values(filter).some(Boolean) && (
        <Button variant="subtle" onClick={() => onChange({ filter: {} })}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}
