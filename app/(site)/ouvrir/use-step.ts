"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export const steps = ["conditions", "clinique", "compte", "code"] as const;
export type Step = (typeof steps)[number];

/** The step is part of the address, so that the browser's back button goes back one step and loses nothing. */
export function useStep(reachable: Step): { step: Step; go: (step: Step) => void } {
  const wanted = useSearchParams().get("etape");
  const asked = steps.find((step) => step === wanted) ?? steps[0];
  const step = steps.indexOf(asked) <= steps.indexOf(reachable) ? asked : reachable;
  const go = useCallback((next: Step) => {
    window.history.pushState(null, "", next === "conditions" ? "/ouvrir" : `/ouvrir?etape=${next}`);
    window.scrollTo({ top: 0 });
  }, []);
  return { step, go };
}
