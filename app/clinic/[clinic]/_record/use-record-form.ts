"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { z } from "zod";
import type { StaleDetails } from "#server/audit/refuse-stale.ts";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import type { Difference, Side } from "../../../_ui/conflict/conflict-dialog.tsx";
import { isSame, useDraft } from "./use-draft.ts";

type Current<Values> = Values & { version: number; lastUpdated: Date };
export type Conflict<Values> = StaleDetails<Current<Values>>;

interface RecordForm<Values> {
  /** What is written, among all that is in this clinic: left and opened again, the form goes on where it was. */
  draft: string;
  /** Absent for a new record. */
  id?: string;
  /** Judges the values as the server will. */
  schema: z.ZodType;
  /** The record as the screen knows it, or what a new one begins with. */
  start: Values;
  version: number;
  /** Sends them on top of the version that the form was begun from; the id is the record's, or made for a new one. */
  send: (values: Values, version: number, id: string) => Promise<object>;
  onSaved: () => void;
}

/**
 * A record being written: its own schema's errors and the server's beside their fields, nothing sent twice, nothing lost by
 * leaving, and the other version shown when somebody saved first.
 */
export function useRecordForm<Values extends object>({ schema, send, onSaved, ...record }: RecordForm<Values>) {
  const t = useTranslations("errors");
  const say = useErrorText();
  const draft = useDraft(record);
  const { values, base, setValues } = draft;
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
    setRefused((before) =>
      Object.fromEntries(Object.entries(before).filter(([name]) => !((name.split("-")[0] ?? name) in edit))),
    );
  }

  async function save(sent: Values, onto: number) {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const saved = await send(sent, onto, base.id);
      setConflict(undefined);
      setAttempt(0);
      draft.settle(sent, "version" in saved && typeof saved.version === "number" ? saved.version : onto);
      onSaved();
    } catch (error) {
      const { code, message, fields, details } = say(error);
      if (code === "Conflict" && "current" in details) setConflict(details as unknown as Conflict<Values>);
      else if (Object.keys(fields).length > 0) setRefused(byFieldId(fields));
      else setFailure(message);
    } finally {
      setBusy(false);
    }
  }

  function submit() {
    setAttempt((before) => before + 1);
    if (parsed.success) void save(values, base.version);
  }

  /** The fields in which the two versions differ, written as the reader sees them; what only they changed stays theirs. */
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
          kept: isSame(values[key], base.start[key]) ? "theirs" : "yours",
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

  function startOver() {
    setAttempt(0);
    setRefused({});
    setFailure(undefined);
    draft.forget();
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
    resumed: draft.resumed,
    startOver,
  };
}

/** « rules.3.fromMinute » is the path of an input; a field's id has hyphens, as its own schema's errors have. */
const byFieldId = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([path, sentence]) => [path.replaceAll(".", "-"), sentence]));
