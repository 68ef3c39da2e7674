"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { useTRPC, useTRPCClient } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import { useFirstAnswer } from "../../../../_ui/form/use-first-answer.ts";
import classes from "./form.module.css";

interface ProviderFieldProps {
  id: "familyDoctorId" | "pharmacyId";
  kind: "practitioner" | "pharmacy";
  value: string | null;
  /** What the record says already, shown before anything is searched. */
  known: { id: string; name: string } | null;
  onChange: (id: string | null) => void;
  error: string | undefined;
}

const add = "add";

/** A family doctor or a pharmacy of the clinic's directory; one who is not there yet is added in place. */
export function ProviderField({ id, kind, value, known, onChange, error }: ProviderFieldProps) {
  const t = useTranslations("patients.form");
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(known ? { value: known.id, label: known.name } : undefined);
  const [adding, setAdding] = useState<string>();
  // The field that comes back takes the hand that was in its place.
  const [isBack, setIsBack] = useState(false);
  const [text] = useDebouncedValue(typed, 200);
  const found = useQuery({
    ...trpc.correspondent.list.queryOptions({ kind, text: text === chosen?.label ? "" : text, most: 20 }),
    placeholderData: keepPreviousData,
  });
  const list = (found.data?.rows ?? []).map(({ id: value, familyName, givenName, name, city }) => ({
    value,
    label:
      kind === "practitioner"
        ? [`${givenName} ${familyName}`.trim(), name].filter(Boolean).join(", ")
        : [name, city].filter(Boolean).join(", "),
  }));
  const wanted = typed.trim();
  const isAsked = wanted !== "" && wanted !== chosen?.label;
  const isBeside = chosen !== undefined && !list.some((one) => one.value === chosen.value);
  // What is chosen already is no answer to other words.
  const shown = isBeside ? (isAsked ? [...list, chosen] : [chosen, ...list]) : list;
  const isWaiting = typed !== text || found.isFetching;
  const offer =
    wanted.length > 1 && wanted !== chosen?.label ? [{ value: add, label: t("addNamed", { name: wanted }) }] : [];

  function choose(next: string | null) {
    if (next === add) return setAdding(wanted);
    const one = shown.find(({ value: own }) => own === next);
    setChosen(one);
    if (one) setTyped(one.label);
    onChange(next);
  }
  const first = useFirstAnswer(isAsked, isWaiting, () => choose((list[0] ?? offer[0])?.value ?? null));

  function leave() {
    setAdding(undefined);
    setIsBack(true);
  }

  if (adding !== undefined)
    return (
      <NewProvider
        kind={kind}
        name={adding}
        onClose={leave}
        onAdded={(one) => {
          setChosen(one);
          leave();
          setTyped(one.label);
          onChange(one.value);
          void found.refetch();
        }}
      />
    );
  return (
    <Select
      id={id}
      label={t(kind === "practitioner" ? "doctor" : "pharmacy")}
      placeholder={t("searchDirectory")}
      data={[...shown, ...offer]}
      value={value}
      onChange={choose}
      searchable
      clearable
      openOnFocus={false}
      searchValue={typed}
      onSearchChange={setTyped}
      {...first}
      data-unfinished={isAsked || undefined}
      filter={({ options }) => options}
      nothingFoundMessage={t("noneFound")}
      error={error}
      autoComplete="off"
      autoFocus={isBack}
    />
  );
}

/** Words that are written for the directory and neither taken nor added yet: the hand goes to them, and the form waits. */
export function waitsForProvider(form: HTMLElement): boolean {
  const unfinished = form.querySelector<HTMLElement>("[data-unfinished]");
  unfinished?.focus();
  return unfinished !== null;
}

interface NewProviderProps {
  kind: "practitioner" | "pharmacy";
  name: string;
  onClose: () => void;
  onAdded: (one: { value: string; label: string }) => void;
}

function NewProvider({ kind, name, onClose, onAdded }: NewProviderProps) {
  const t = useTranslations("patients.form");
  const client = useTRPCClient();
  const say = useErrorText();
  const isDoctor = kind === "practitioner";
  const words = name.trim().split(/\s+/);
  const [id] = useState(() => newId());
  const [given, setGiven] = useState(isDoctor && words.length > 1 ? (words[0] ?? "") : "");
  const [family, setFamily] = useState(isDoctor ? words.slice(words.length > 1 ? 1 : 0).join(" ") : name);
  const [place, setPlace] = useState("");
  const [phone, setPhone] = useState("");
  const [fax, setFax] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  async function save() {
    setBusy(true);
    try {
      const who = isDoctor ? { familyName: family, givenName: given, name: place } : { name: family, city: place };
      await client.correspondent.add.mutate({ id, kind, ...who, phone, fax });
      onAdded({ value: id, label: isDoctor ? `${given} ${family}`.trim() : family });
    } catch (error) {
      const { fields, message } = say(error);
      setErrors(Object.keys(fields).length > 0 ? fields : { family: message });
    } finally {
      setBusy(false);
    }
  }

  /** Enter in a field, and the key of the whole form, are of this doctor or pharmacy first. */
  function addByKey(event: KeyboardEvent<HTMLFieldSetElement>) {
    const whole = event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || !(whole || event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat && !busy) void save();
  }

  const text = (label: string, value: string, write: (text: string) => void, error?: string, focus = false) => (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => write(event.currentTarget.value)}
      error={error}
      autoComplete="off"
      autoFocus={focus}
    />
  );
  return (
    <fieldset className={classes.inPlace} onKeyDown={addByKey}>
      <legend>{t(isDoctor ? "addDoctor" : "addPharmacy")}</legend>
      <div className={classes.pair}>
        {isDoctor && text(t("givenName"), given, setGiven, errors.givenName)}
        {text(
          t(isDoctor ? "familyName" : "name"),
          family,
          setFamily,
          errors.familyName ?? errors.name ?? errors.family,
          true,
        )}
        {text(t(isDoctor ? "place" : "city"), place, setPlace)}
        {text(t("phone"), phone, setPhone, errors.phone)}
        {text(t("fax"), fax, setFax, errors.fax)}
      </div>
      <div className={classes.acts}>
        <Button variant="light" data-unfinished onClick={() => void save()} loading={busy}>
          {t(isDoctor ? "addDoctor" : "addPharmacy")}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </fieldset>
  );
}
