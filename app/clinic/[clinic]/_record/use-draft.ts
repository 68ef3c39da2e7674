"use client";

import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { v7 } from "uuid";

interface Base<Values> {
  /** Of the record, made with the form when it is a new one: the same form sent twice makes one record. */
  readonly id: string;
  /** The record as it was when the form was begun, and its version: what a saving is judged against. */
  readonly start: Values;
  readonly version: number;
}

interface Written<Values> {
  /** What is written, among all that is in this clinic. */
  readonly draft: string;
  readonly id?: string;
  readonly start: Values;
  readonly version: number;
}

/** Kept in the page's memory alone: nothing of a person is written to a computer that many people use. */
const drafts = new Map<string, { base: Base<unknown>; values: unknown }>();

export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What a form holds, and what it was begun from. Left by Esc, the back button or another page, it is found again as it was;
 * a tab that is closed would lose it, so the browser asks first. While nothing was changed the form follows the record.
 */
export function useDraft<Values extends object>({ draft, id, start, version }: Written<Values>) {
  const { clinic } = useParams<{ clinic: string }>();
  const key = `${clinic} ${draft}`;
  const [found] = useState(() => drafts.get(key) as { base: Base<Values>; values: Values } | undefined);
  const [base, setBase] = useState<Base<Values>>(() => found?.base ?? { id: id ?? v7(), start, version });
  const [values, setValues] = useState<Values>(found?.values ?? start);
  const [resumed, setResumed] = useState(found !== undefined);
  const unsaved = !isSame(values, base.start);

  if (!unsaved && version >= base.version && !isSame(start, base.start)) {
    setBase({ ...base, start, version });
    setValues(start);
  }

  useEffect(() => {
    if (!unsaved) return void drafts.delete(key);
    drafts.set(key, { base, values });
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [key, base, values, unsaved]);

  /** Begins again from this: what is written equals it, so that nothing is kept. */
  function begin(from: Base<Values>) {
    drafts.delete(key);
    setBase(from);
    setValues(from.start);
    setResumed(false);
  }

  return {
    base,
    values,
    setValues,
    /** Whether this is the continuation of a form that was left. */
    resumed: resumed && unsaved,
    /** It was saved so, as that version. */
    settle: (saved: Values, as: number) => begin({ ...base, start: saved, version: as }),
    /** Back to the record as the screen knows it. */
    forget: () => begin({ ...base, start, version }),
  };
}
