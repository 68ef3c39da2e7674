"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ownWords, shortestPassword, weakestAllowed } from "#server/auth/password/schema.ts";
import type { PasswordStrength } from "../_ui/password-field/password-field.tsx";

type Meter = (password: string, words: string[]) => PasswordStrength["score"];

let loading: Promise<Meter> | undefined;

/** The dictionaries weigh more than the page: they come once somebody types a password, from this very site. */
function loadMeter(): Promise<Meter> {
  loading ??= (async () => {
    const [core, common, english, french] = await Promise.all([
      import("@zxcvbn-ts/core"),
      import("@zxcvbn-ts/language-common"),
      import("@zxcvbn-ts/language-en"),
      import("@zxcvbn-ts/language-fr"),
    ]);
    const meter = new core.ZxcvbnFactory({
      graphs: common.adjacencyGraphs,
      dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
    });
    return (password, words) => meter.check(password.slice(0, 100), words).score;
  })();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/**
 * Whether the server will take this password, asked when a form is sent: the meter may still have been on its way while one typed.
 * True when it cannot be had; the server then decides alone.
 */
export async function isStrongEnough(password: string, about: readonly string[]): Promise<boolean> {
  if ([...password].length < shortestPassword) return false;
  const measure = await loadMeter().catch(() => undefined);
  return measure === undefined || measure(password, ownWords(about)) >= weakestAllowed;
}

/**
 * How strong a password is, while it is typed; null before anything is. The server measures it again, the same way.
 * @param about what others know of the person: it counts against the password.
 */
export function usePasswordStrength(password: string, about: readonly string[]): PasswordStrength | null {
  const t = useTranslations("common.password");
  const [meter, setMeter] = useState<{ measure: Meter }>();
  const wanted = password !== "";

  useEffect(() => {
    if (!wanted) return;
    let there = true;
    // Without the meter the form still works: the server decides.
    loadMeter().then(
      (measure) => there && setMeter({ measure }),
      () => undefined,
    );
    return () => {
      there = false;
    };
  }, [wanted]);

  if (!wanted || !meter) return null;
  const missing = shortestPassword - [...password].length;
  const measured = meter.measure(password, ownWords(about));
  const score = missing > 0 ? (Math.min(measured, 1) as PasswordStrength["score"]) : measured;
  const hint = missing > 0 ? t("missing", { count: missing }) : score < weakestAllowed ? t("addWords") : undefined;
  return { score, word: t(`scores.${score}`), ...(hint && { hint }) };
}
