"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { z } from "zod";

/** What the server refused: the path of the field, the sentence, and the value it was said of. */
export type Refused = Record<string, { message: string; value: unknown }>;

/**
 * Errors of one step: those that its own schema finds once it was sent, and those that the server sent back. Both are
 * looked at anew at each keystroke, so that a mended field is quiet at once and the others keep their sentence.
 * @param prefix what the server's paths start with for this step: "clinic."
 */
export function useStepForm<Schema extends z.ZodType>(schema: Schema, value: object, refused: Refused, prefix: string) {
  const t = useTranslations("errors");
  const [attempt, setAttempt] = useState(0);
  const parsed = schema.safeParse(value);

  const errors: Record<string, string> = {};
  if (attempt > 0 && !parsed.success) {
    for (const issue of parsed.error.issues) {
      errors[fieldId(issue.path.join("."))] ??= t.has(issue.message as "invalid")
        ? t(issue.message as "invalid")
        : t("invalid");
    }
  }
  for (const [path, { message, value: was }] of Object.entries(refused)) {
    if (!path.startsWith(prefix)) continue;
    const own = path.slice(prefix.length);
    if (same(valueAt(value, own), was)) errors[fieldId(own)] ??= message;
  }

  /** Counts a try; the parsed value when nothing of this step stands in its way. */
  function check(): z.output<Schema> | undefined {
    setAttempt((before) => before + 1);
    return parsed.success ? parsed.data : undefined;
  }

  return { errors, attempt, check };
}

/** "privacyOfficer.email" → "privacyOfficer-email", the id of its field. */
export function fieldId(path: string): string {
  return path.replaceAll(".", "-");
}

/** The value at a dotted path, undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
