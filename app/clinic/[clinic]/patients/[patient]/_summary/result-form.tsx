"use client";

import { Alert, Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import { readDecimal } from "#server/observation/decimal.ts";
import { measures } from "#server/observation/measures.ts";
import { type Comparator, comparators } from "#server/observation/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useMeasureWords } from "./measure-words.ts";
import classes from "./summary.module.css";
import { useRefreshRecord } from "./use-summary.ts";

const blank = { test: "", comparator: "" as Comparator, value: "", unit: "", low: "", high: "", note: "" };

interface ResultFormProps {
  patientId: string;
  /** The document that it is read in, and the day of that document (`YYYY-MM-DD`). */
  report?: { readonly id: string; readonly datedOn: string };
  onClose: () => void;
}

/** A result as a paper says it: a number or words, its unit, its range, its day. What it measures is known, from a list, or in free words. */
export function ResultForm({ patientId, report, onClose }: ResultFormProps) {
  const t = useTranslations("record");
  const errors = useTranslations("errors");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const [ids] = useState(() => ({ id: v7(), panelId: v7() }));
  const [values, setValues] = useState(blank);
  const { names, found } = useTests(values.test);
  const [day, setDay] = useState<string | null>(report?.datedOn ?? null);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { test, value, ...rest } = values;
    const missing = {
      ...(test.trim() === "" && { test: errors("required") }),
      ...(value.trim() === "" && { value: errors("required") }),
    };
    setFaults(missing);
    if (Object.keys(missing).length > 0) return;
    const isNumber = readDecimal(value) !== undefined;
    setBusy(true);
    setFailure(undefined);
    try {
      await client.observation.record.mutate({
        patientId,
        panelId: ids.panelId,
        ...(report && { reportId: report.id }),
        // A paper gives a day: its noon is on that day in every zone of the country.
        at: day ? new Date(`${day}T12:00:00`) : new Date(),
        values: [
          {
            ...rest,
            code: found.code,
            label: found.label,
            codeVersion: found.codeVersion,
            id: ids.id,
            value: isNumber ? value : null,
            text: isNumber ? "" : value,
            unit: found.known ? "" : rest.unit,
          },
        ],
      });
      toast({ message: t("saved") });
      void refresh();
      onClose();
    } catch (error) {
      const { message, fields } = say(error);
      const told = Object.entries(fields).map(([path, sentence]) => [path.split(".").at(-1) ?? "", sentence] as const);
      setFaults(Object.fromEntries(told));
      if (told.length === 0) setFailure(message);
    } finally {
      setBusy(false);
    }
  }

  const field = (name: "value" | "unit" | "low" | "high" | "note") => ({
    label: t(`results.${name}`),
    value: values[name],
    error: faults[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form ref={box} className={classes.form} onSubmit={submit} noValidate>
      {failure && (
        <Alert color="brique" role="alert">
          {failure}
        </Alert>
      )}
      <Autocomplete
        data-autofocus
        label={t("results.test")}
        value={values.test}
        error={faults.test}
        data={names}
        filter={({ options }) => options}
        maxLength={120}
        onChange={(test) => setValues((before) => ({ ...before, test }))}
        comboboxProps={{ withinPortal: false }}
        autoComplete="off"
      />
      <div className={classes.pair}>
        <Select
          label={t("results.comparator")}
          data={comparators.map((value) => ({ value, label: value || "=" }))}
          value={values.comparator}
          onChange={(comparator) =>
            setValues((before) => ({ ...before, comparator: (comparator ?? "") as Comparator }))
          }
          allowDeselect={false}
        />
        <TextInput {...field("value")} />
        <TextInput {...field("unit")} {...(found.known && { value: found.known, disabled: true })} />
        <TextInput {...field("low")} inputMode="decimal" />
        <TextInput {...field("high")} inputMode="decimal" />
        <DayInput label={t("results.day")} value={day} error={faults.at} onChange={setDay} />
      </div>
      <TextInput {...field("note")} />
      <div className={classes.actRow}>
        <Button type="submit" size="compact-sm" loading={busy}>
          {t("add")}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
    </form>
  );
}

/** What may be measured: what Chevet knows, then what the lists of the host and the clinic call so. */
function useTests(test: string) {
  const trpc = useTRPC();
  const words = useMeasureWords();
  const [text] = useDebouncedValue(test.trim(), 150);
  const listed = useQuery({
    ...trpc.terminology.search.queryOptions(
      { kind: "measure", text: text.slice(0, 100) },
      { enabled: text.length >= 2 },
    ),
    placeholderData: keepPreviousData,
  });
  const known = measures.filter(
    ({ derived, group }) => !derived && (group === "laboratory" || group === "examination"),
  );
  const concepts = listed.data ?? [];
  const begins = test.trim().toLocaleLowerCase();
  const ours = known.map((one) => one[words.language]).filter((name) => name.toLocaleLowerCase().includes(begins));
  const names = [...new Set([...ours, ...concepts.map((one) => one[words.language])])].slice(0, 12);

  /** The series that these words are; `known`: its unit, which is not asked. */
  function find(): { code: string; label: string; codeVersion: string; known?: string } {
    const name = test.trim();
    const measure = known.find((one) => one[words.language] === name);
    if (measure) return { code: measure.key, label: "", codeVersion: "", known: words.unitOf(measure.key) };
    const one = concepts.find((concept) => concept[words.language] === name);
    if (one) return { code: `${one.system}|${one.code}`, label: name, codeVersion: one.version };
    return { code: `=${name}`, label: name, codeVersion: "" };
  }
  return { names, found: find() };
}
