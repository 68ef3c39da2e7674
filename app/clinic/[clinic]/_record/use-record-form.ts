"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { z } from "zod";
import type { StaleDetails } from "#server/audit/refuse-stale.ts";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import type { Difference, Side } from "../../../_ui/conflict/conflict-dialog.tsx";

type Current<Values> = Values & { version: number; lastUpdated: Date };
export type Conflict<Values> = StaleDetails<Current<Values>>;

interface RecordForm<Values> {
  /** Judges the values as the server will. */
  schema: z.ZodType;
  start: Values;
  /** Sends them on top of the version that the screen shows. */
  send: (values: Values, version: number) => Promise<unknown>;
  version: number;
  onSaved: () => void;
}

/**
 * A record being written: its own schema's errors and the server's beside their fields, nothing sent twice, and the other
 * version shown when somebody saved first.
 */
export function useRecordForm<Values extends object>({ schema, start, send, version, onSaved }: RecordForm<Values>) {
  const t = useTranslations("errors");
  const say = useErrorText();
  const [values, setValues] = useState(start);
  const [attempt, setAttempt] = useState(0);
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [conflict, setConflict] = useState<Conflict<Values>>();
  const [busy, setBusy] = useState(false);

  const parsed = schema.safeParse(values);
  const errors: Record<string, string> = { ...refused };
  if (attempt > 0 && !parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = issue.message as "invalid";
      errors[issue.path.join("-")] ??= t.has(key) ? t(key) : t("invalid");
    }
  }

  function set(edit: Partial<Values>) {
    setValues((before) => ({ ...before, ...edit }));
    // A mended field is quiet at once; the others keep their sentence.
    setRefused((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in edit))));
  }

  async function save(sent: Values, onto: number) {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await send(sent, onto);
      setConflict(undefined);
      onSaved();
    } catch (error) {
      const { code, message, fields, details } = say(error);
      if (code === "Conflict" && "current" in details) setConflict(details as unknown as Conflict<Values>);
      else if (Object.keys(fields).length > 0) setRefused(fields);
      else setFailure(message);
    } finally {
      setBusy(false);
    }
  }

  function submit() {
    setAttempt((before) => before + 1);
    if (parsed.success) void save(values, version);
  }

  /** The fields in which the two versions differ, written as the reader sees them. */
  function differences(
    labels: Partial<Record<keyof Values, string>>,
    show: (name: keyof Values, from: Values) => string,
  ) {
    if (!conflict) return [];
    return (Object.keys(labels) as (keyof Values & string)[])
      .map(
        (key): Difference => ({
          key,
          label: labels[key] ?? key,
          yours: show(key, values),
          theirs: show(key, conflict.current),
        }),
      )
      .filter(({ yours, theirs }) => yours !== theirs);
  }

  function resolve(kept: Record<string, Side>) {
    if (!conflict) return;
    const merged = { ...values };
    for (const [name, side] of Object.entries(kept)) {
      if (side === "theirs") Object.assign(merged, { [name]: conflict.current[name as keyof Values] });
    }
    setValues(merged);
    return save(merged, conflict.current.version);
  }

  return {
    values,
    set,
    errors,
    attempt,
    failure,
    busy,
    submit,
    conflict,
    differences,
    resolve,
    laterConflict: () => setConflict(undefined),
  };
}
