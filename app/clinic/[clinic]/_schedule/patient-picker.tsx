"use client";

import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { PatientLine } from "#server/patient/find-patients.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import classes from "./patient-picker.module.css";

/** Somebody who is in the clinic's records, or the few facts with which a record is opened on the spot. */
export type Person =
  | { readonly known: true; readonly id: string; readonly name: string }
  | {
      readonly known: false;
      readonly givenName: string;
      readonly familyName: string;
      readonly birthDate: string | null;
      readonly phone: string;
      /** Records that look the same and that were shown here. */
      readonly seen: readonly string[];
    };

interface PatientPickerProps {
  value: Person | null;
  onChange: (person: Person | null) => void;
  mayRegister: boolean;
  errors: Record<string, string>;
  required?: boolean;
  /** Where several stand on one page. */
  id?: string;
}

const create = "create";

/** « bouchard ginette » as typed in a search is not yet a name: the first word is the given name only when two are there. */
function splitName(text: string): { givenName: string; familyName: string } {
  const words = text.trim().split(/\s+/u).map(capital);
  return words.length > 1
    ? { givenName: words[0] ?? "", familyName: words.slice(1).join(" ") }
    : { givenName: "", familyName: words[0] ?? "" };
}

const capital = (word: string) => word.charAt(0).toLocaleUpperCase("fr-CA") + word.slice(1);

/** Finds a patient by a few letters, or opens a record in place, with the look-alikes shown first. */
export function PatientPicker({ value, onChange, mayRegister, errors, required, id = "patient" }: PatientPickerProps) {
  const t = useTranslations("agenda.person");
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery({
    ...trpc.patient.search.queryOptions({ text, limit: 8 }),
    enabled: text.length >= 2 && !value,
    placeholderData: keepPreviousData,
  });
  const lines = text.length >= 2 ? (found.data?.patients ?? []) : [];
  // Mantine keeps the place in the list, not the person: what the keys hold must not become somebody else when the answer comes.
  const answered = text === typed.trim() && !found.isPending && !found.isPlaceholderData;
  const options = [
    ...lines.map(({ id, displayName }) => ({ value: id, label: displayName, disabled: !value && !answered })),
    ...(mayRegister && text.length >= 2 && answered ? [{ value: create, label: t("register", { name: text }) }] : []),
    ...(value?.known && !lines.some(({ id }) => id === value.id) ? [{ value: value.id, label: value.name }] : []),
  ];

  function choose(chosen: string | null) {
    if (!chosen) return onChange(null);
    if (chosen === create) {
      return onChange({ known: false, ...splitName(typed), birthDate: null, phone: "", seen: [] });
    }
    const line = lines.find(({ id }) => id === chosen);
    if (line) onChange({ known: true, id: line.id, name: line.displayName });
  }

  // Enter on a name that is one person's takes them, also where it is pressed before the answer is there.
  const [taking, setTaking] = useState<string>();
  const [opened, setOpened] = useState(false);
  const [only, ...others] = lines;
  const single = others.length === 0 ? only : undefined;
  useEffect(() => {
    if (taking === undefined || !answered) return;
    setTaking(undefined);
    setOpened(false);
    if (taking === text && single && !value) onChange({ known: true, id: single.id, name: single.displayName });
  }, [taking, answered, text, single, value, onChange]);

  const registers = value !== null && !value.known;
  const registered = useRef(registers);
  useEffect(() => {
    // The fields of a new record are gone: who came back from them by the keys stands where they were.
    if (registered.current && !registers) document.getElementById(id)?.focus();
    registered.current = registers;
  }, [registers, id]);

  if (value && !value.known) {
    return <NewPerson value={value} onChange={onChange} errors={errors} />;
  }
  return (
    <Select
      id={id}
      label={t("label")}
      placeholder={t("placeholder")}
      data={options}
      value={value?.id ?? null}
      onChange={choose}
      searchable
      openOnFocus={false}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      clearable
      searchValue={value ? value.name : typed}
      onSearchChange={(next) => {
        if (!value) setTyped(next);
        if (next.trim() !== taking) setTaking(undefined);
      }}
      onKeyDown={(event) => {
        // Whoever went into the list with the arrows takes what they stand on.
        const isInList = event.currentTarget.getAttribute("aria-activedescendant");
        if (event.key !== "Enter" || event.ctrlKey || event.metaKey || value || isInList || typed.trim().length < 2)
          return;
        event.preventDefault();
        setTaking(typed.trim());
      }}
      filter={({ options: all }) => all}
      classNames={{ option: classes.row }}
      nothingFoundMessage={text.length >= 2 && answered ? t("nobody") : undefined}
      renderOption={({ option }) => (
        <Option
          line={lines.find(({ id }) => id === option.value)}
          label={option.label}
          create={option.value === create}
        />
      )}
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ "aria-label": t("another") }}
      maxDropdownHeight={320}
      error={errors.patient}
      withAsterisk={required}
      data-autofocus
      autoComplete="off"
    />
  );
}

function Option({ line, label, create: creates }: { line: PatientLine | undefined; label: string; create: boolean }) {
  const t = useTranslations("agenda.person");
  if (creates) {
    return (
      <span className={classes.create}>
        <IconUserPlus size={18} aria-hidden />
        {label}
      </span>
    );
  }
  return (
    <span className={classes.option}>
      <span className={classes.name}>{label}</span>
      <span className={classes.facts}>
        {[line?.birthDate, line?.fileNumber, line?.namMasked].filter(Boolean).join(" · ")}
        {line && line.likeNamed.length > 0 && ` · ${t("likeNamed")}`}
      </span>
    </span>
  );
}

interface NewPersonProps {
  value: Extract<Person, { known: false }>;
  onChange: (person: Person | null) => void;
  errors: Record<string, string>;
}

function NewPerson({ value, onChange, errors }: NewPersonProps) {
  const t = useTranslations("agenda.person");
  const trpc = useTRPC();
  const [asked] = useDebouncedValue(value, 400);
  const { givenName, familyName, birthDate, phone } = asked;
  const doubles = useQuery({
    ...trpc.patient.duplicates.queryOptions({ givenName, familyName, birthDate, nam: null, phones: [phone] }),
    enabled: givenName.trim() !== "" && familyName.trim() !== "",
    retry: false,
    // A telephone that is being typed asks again: who was shown stays shown, and seen.
    placeholderData: keepPreviousData,
  });
  // The search above listed who bears the name: what is told here agrees on something more.
  const alike = (doubles.data ?? []).filter(({ why }) => why.some((one) => one !== "name"));
  const seen = alike.map(({ id }) => id).join();
  const toTell = asked === value && !doubles.isFetching && seen !== value.seen.join();
  useEffect(() => {
    if (toTell) onChange({ ...value, seen: seen.split(",").filter(Boolean) });
  }, [toTell, seen, value, onChange]);

  const fields = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // The search that had the focus is gone: the first thing that it did not say comes next.
    const inputs = [...(fields.current?.querySelectorAll("input") ?? [])];
    inputs.find((input) => input.value === "")?.focus();
  }, []);

  const set = (change: Partial<Extract<Person, { known: false }>>) => onChange({ ...value, ...change });
  return (
    <fieldset ref={fields} className={classes.fields}>
      <legend className={classes.legend}>{t("newRecord")}</legend>
      <div className={classes.pair}>
        <TextInput
          id="givenName"
          label={t("givenName")}
          value={value.givenName}
          onChange={(event) => set({ givenName: event.currentTarget.value })}
          error={errors.givenName}
          autoComplete="off"
        />
        <TextInput
          id="familyName"
          label={t("familyName")}
          value={value.familyName}
          onChange={(event) => set({ familyName: event.currentTarget.value })}
          error={errors.familyName}
          autoComplete="off"
        />
        <DayInput
          label={t("birthDate")}
          value={value.birthDate}
          typed
          onChange={(day) => set({ birthDate: day })}
          error={errors.birthDate}
        />
        <TextInput
          id="phone"
          type="tel"
          inputMode="tel"
          label={t("phone")}
          value={value.phone}
          onChange={(event) => set({ phone: event.currentTarget.value })}
          placeholder="418 555-0142"
          error={errors.phone}
          autoComplete="off"
        />
      </div>
      {alike.length > 0 && (
        <div className={classes.alike} role="status">
          <p>{t("alike", { count: alike.length })}</p>
          <ul>
            {alike.map((double) => (
              <li key={double.id}>
                <span>
                  <strong>{double.displayName}</strong>{" "}
                  {[double.birthDate, double.fileNumber].filter(Boolean).join(" · ")}
                </span>
                <button
                  type="button"
                  className={classes.take}
                  onClick={() => onChange({ known: true, id: double.id, name: double.displayName })}
                >
                  {t("isThem")}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <button type="button" className={classes.take} onClick={() => onChange(null)}>
        {t("searchInstead")}
      </button>
    </fieldset>
  );
}
