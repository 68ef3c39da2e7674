"use client";

import { Alert, Button, Select, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import { readDecimal } from "#server/observation/decimal.ts";
import { type Doubt, doubtOf, doubtOfPressure } from "#server/observation/doubt-value.ts";
import { ageAt, isPossible } from "#server/observation/judge-value.ts";
import { measures } from "#server/observation/measures.ts";
import { type BodyPosition, bodyPositions, positioned } from "#server/observation/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { lastOf, useDoubtWords } from "./doubt-words.ts";
import { useMeasureWords } from "./measure-words.ts";
import classes from "./summary.module.css";
import { useRefreshRecord, useSummary } from "./use-summary.ts";

/** What is measured at a visit, in the order of the nurse's gestures. */
const fields = [
  "bp-systolic",
  "bp-diastolic",
  "heart-rate",
  "respiratory-rate",
  "temperature",
  "oxygen-saturation",
  "weight",
  "height",
  "waist",
  "head-circumference",
  "capillary-glucose",
  "pain",
].flatMap((key) => measures.find((measure) => measure.key === key) ?? []);

/**
 * The usual measures of a visit, all together. What is impossible stays beside its field, and nothing of it is kept until all is well. What
 * can be and most likely is not is asked once beside its field: added again unchanged, it is written.
 */
export function VitalsForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useTranslations("record");
  const errors = useTranslations("errors");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const words = useMeasureWords();
  const [panelId] = useState(() => v7());
  const [values, setValues] = useState<Record<string, string>>({});
  const [position, setPosition] = useState<BodyPosition>("");
  const [at, setAt] = useState<string | null>(null);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Record<string, string>>({});
  const doubts = useDoubts(patientId);

  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const filled = fields.filter(({ key }) => values[key]?.trim());
    const unread = filled.filter(({ key }) => readDecimal(values[key] ?? "") === undefined);
    setFaults(Object.fromEntries(unread.map(({ key }) => [key, errors("observation.decimal")])));
    if (filled.length === 0 || unread.length > 0) return;
    const moment = at ? new Date(at) : new Date();
    const inDoubt = doubts(values, moment).filter(({ key, value }) => asked[key] !== value);
    if (inDoubt.length > 0) {
      setAsked({ ...asked, ...Object.fromEntries(inDoubt.map(({ key, value }) => [key, value])) });
      setFaults(Object.fromEntries(inDoubt.map(({ key, sentence }) => [key, sentence])));
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await client.observation.record.mutate({
        patientId,
        panelId,
        at: moment,
        values: filled.map(({ key }) => ({
          id: v7(),
          code: key,
          value: values[key] ?? "",
          ...(positioned.includes(key) && { position }),
        })),
      });
      toast({ message: t("saved") });
      void refresh();
      onClose();
    } catch (error) {
      const { message, fields: told } = say(error);
      const byKey = Object.entries(told).flatMap(([path, sentence]) => {
        const key = filled[Number(/^values\.(\d+)\./.exec(path)?.[1])]?.key ?? (path === "at" ? "at" : undefined);
        return key ? [[key, sentence] as const] : [];
      });
      setFaults(Object.fromEntries(byKey));
      if (byKey.length === 0) setFailure(message);
    } finally {
      setBusy(false);
    }
  }

  function onEscape(event: KeyboardEvent) {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  }

  return (
    <form ref={box} className={classes.form} onSubmit={submit} onKeyDown={onEscape} noValidate>
      {failure && (
        <Alert color="brique" role="alert">
          {failure}
        </Alert>
      )}
      <div className={classes.vitalFields}>
        {fields.map(({ key }) => (
          <TextInput
            key={key}
            label={words.name(key)}
            rightSection={<span className={classes.unit}>{words.unitOf(key)}</span>}
            rightSectionWidth={58}
            rightSectionPointerEvents="none"
            inputMode="decimal"
            value={values[key] ?? ""}
            error={faults[key]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setValues((before) => ({ ...before, [key]: value }));
            }}
            autoComplete="off"
          />
        ))}
        <Select
          label={t("vitals.position")}
          placeholder={t("vitals.positionUnsaid")}
          data={bodyPositions
            .filter(Boolean)
            .map((one) => ({ value: one, label: t(`vitals.positions.${one as "lying"}`) }))}
          value={position || null}
          onChange={(next) => setPosition((next ?? "") as BodyPosition)}
          clearable
        />
        <DateTimePicker
          label={t("vitals.when")}
          valueFormat="YYYY-MM-DD HH:mm"
          value={at}
          error={faults.at}
          onChange={setAt}
          clearable
        />
      </div>
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

/** What is to be asked of what stands in the fields. */
function useDoubts(patientId: string) {
  const t = useTranslations("record.doubt");
  const { birthDate = null, today = "", values = [] } = useSummary(patientId).data ?? {};
  const words = useDoubtWords(birthDate, today);
  return (said: Readonly<Record<string, string>>, at: Date) => {
    const last = lastOf(values);
    const age = ageAt(birthDate, at);
    return fields.flatMap((measure) => {
      const value = readDecimal(said[measure.key] ?? "");
      // What cannot be is not asked about: the server refuses it.
      if (!value || !isPossible(measure, value, age)) return [];
      const below = measure.key === "bp-systolic" ? readDecimal(said["bp-diastolic"] ?? "") : undefined;
      const asked: Doubt[] = [
        (below && doubtOfPressure(value, below)) || undefined,
        doubtOf(measure, value, age, last[measure.key], at),
      ].filter((one) => one !== undefined);
      // Another diastolic is another pressure.
      const told = below === undefined ? value : `${value}/${below}`;
      return asked.length > 0
        ? [{ key: measure.key, value: told, sentence: [...asked.map(words), t("again")].join(" ") }]
        : [];
    });
  };
}
