"use client";

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";

interface PatientFieldProps {
  id: string;
  label: string;
  value: string | null;
  error: string | undefined;
  onChange: (patientId: string | null) => void;
}

/** One patient, found by name, birth date or file number. */
export function PatientField({ id, label, value, error, onChange }: PatientFieldProps) {
  const t = useTranslations("waitlist");
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  const [text] = useDebouncedValue(typed, 250);
  const found = useQuery({
    ...trpc.patient.search.queryOptions({ text, limit: 8 }, { enabled: text.trim().length > 1 }),
    placeholderData: keepPreviousData,
  });
  const list = (found.data?.patients ?? []).map(({ id: patientId, displayName, birthDate, fileNumber }) => ({
    value: patientId,
    label: [displayName, birthDate, fileNumber].filter(Boolean).join(" · "),
  }));
  const data = chosen && !list.some((one) => one.value === chosen.value) ? [chosen, ...list] : list;
  return (
    <Select
      id={id}
      label={label}
      placeholder={t("patientExample")}
      data={data}
      value={value}
      error={error}
      onChange={(next) => {
        setChosen(data.find((one) => one.value === next));
        onChange(next);
      }}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={text.trim().length > 1 && !found.isFetching ? t("patientNone") : undefined}
      autoComplete="off"
      data-autofocus
    />
  );
}
