"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export const steps = ["service", "time", "details", "done"] as const;
/** The four, and the list of those who wait, which is beside them. */
export type Step = (typeof steps)[number] | "wait";
const words: Record<Step, string | null> = {
  service: null,
  time: "heure",
  details: "coordonnees",
  done: "confirmation",
  wait: "attente",
};

/** Where one is, as the address says it: the browser's own buttons go from step to step. */
export function useSteps(): [Step, (step: Step, how?: "push" | "replace") => void] {
  const word = useSearchParams().get("etape");
  const step = (Object.keys(words) as Step[]).find((one) => words[one] === word) ?? "service";
  const go = useCallback((to: Step, how: "push" | "replace" = "push") => {
    const address = new URL(location.href);
    const next = words[to];
    if (next) address.searchParams.set("etape", next);
    else address.searchParams.delete("etape");
    history[`${how}State`](null, "", `${address.pathname}${address.search}`);
  }, []);
  return [step, go];
}
