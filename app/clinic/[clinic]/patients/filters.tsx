"use client";

import { Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { languages, type PatientFilters } from "#server/patient/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import classes from "./patients.module.css";

interface FiltersProps {
  filters: PatientFilters;
  onChange: (filters: PatientFilters) => void;
  lists: ReactNode;
}

/** What of the two visit filters each choice says. */
const visits = {
  seen6: { seenWithin: 6 },
  seen12: { seenWithin: 12 },
  notSeen12: { notSeenWithin: 12 },
  notSeen24: { notSeenWithin: 24 },
} as const;

/** The questions that a register is asked, on one line. */
export function Filters({ filters, onChange, lists }: FiltersProps) {
  const t = useTranslations("patients.filters");
  const names = useTranslations("patients.form.languages");
  const trpc = useTRPC();
  const doctors = useQuery(trpc.correspondent.list.queryOptions({ kind: "practitioner", most: 100 }));
  const [text, setText] = useState(filters.text ?? "");
  // On a telephone they would fill the screen before the first patient.
  const [isOpen, setOpen] = useState(false);
  const asked = Object.keys(filters).filter((name) => name !== "text" && name !== "status").length;
  const search = useDebouncedCallback((next: string) => put({ text: next.trim() || undefined }), 250);
  // A list that is chosen, or all taken back: the field says what is asked.
  useEffect(() => setText(filters.text ?? ""), [filters.text]);

  /** A part that is undefined is asked no more. */
  function put(edit: Partial<PatientFilters>) {
    const next = { ...filters, ...edit };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as PatientFilters);
  }

  const chosen = (Object.keys(visits) as (keyof typeof visits)[]).find((name) =>
    Object.entries(visits[name]).every(([key, value]) => filters[key as "seenWithin"] === value),
  );
  const age = (name: "ageFrom" | "ageTo") => (
    <NumberInput
      label={t(name)}
      value={filters[name] ?? ""}
      onChange={(value) => put({ [name]: value === "" ? undefined : Number(value) })}
      min={0}
      max={150}
      hideControls
      className={classes.age}
    />
  );
  return (
    <search className={classes.filters} aria-label={t("title")} data-open={isOpen || undefined}>
      <TextInput
        label={t("text")}
        placeholder={t("textExample")}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
        leftSection={<IconSearch size={18} aria-hidden />}
        className={classes.text}
        autoComplete="off"
      />
      <Button
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
        className={classes.unfold}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t("more", { count: asked })}
      </Button>
      {age("ageFrom")}
      {age("ageTo")}
      <Select
        label={t("language")}
        placeholder={t("anyLanguage")}
        data={languages.map((value) => ({ value, label: names(value) }))}
        value={filters.language ?? null}
        onChange={(next) => put({ language: (next as PatientFilters["language"]) ?? undefined })}
        clearable
        className={classes.short}
      />
      <Select
        label={t("doctor")}
        placeholder={t("anyDoctor")}
        data={[
          { value: "none", label: t("noDoctor") },
          ...(doctors.data?.rows ?? []).map(({ id, givenName, familyName }) => ({
            value: id,
            label: `${givenName} ${familyName}`.trim(),
          })),
        ]}
        value={filters.familyDoctorId === null ? "none" : (filters.familyDoctorId ?? null)}
        onChange={(next) => put({ familyDoctorId: next === "none" ? null : (next ?? undefined) })}
        clearable
        searchable
        className={classes.field}
      />
      <Select
        label={t("visits")}
        placeholder={t("anyVisits")}
        data={(Object.keys(visits) as (keyof typeof visits)[]).map((value) => ({ value, label: t(value) }))}
        value={chosen ?? null}
        onChange={(next) =>
          put({ seenWithin: undefined, notSeenWithin: undefined, ...(next && visits[next as keyof typeof visits]) })
        }
        clearable
        className={classes.field}
      />
      <div className={classes.checks}>
        <Checkbox
          label={t("noNext")}
          checked={filters.noNextVisit ?? false}
          onChange={(event) => put({ noNextVisit: event.currentTarget.checked || undefined })}
        />
        <Checkbox
          label={t("withAlert")}
          checked={filters.withAlert ?? false}
          onChange={(event) => put({ withAlert: event.currentTarget.checked || undefined })}
        />
        <Checkbox
          label={t("inactive")}
          checked={filters.status === "inactive"}
          onChange={(event) => put({ status: event.currentTarget.checked ? "inactive" : "active" })}
        />
        <span className={classes.lists}>
          {Object.keys(filters).length > 1 && (
            <Button variant="subtle" size="compact-md" onClick={() => onChange({ status: "active" })}>
              {t("clear")}
            </Button>
          )}
          {lists}
        </span>
      </div>
    </search>
  );
}
