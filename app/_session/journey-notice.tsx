"use client";

import { useTranslations } from "next-intl";
import { type Refusal, refusals } from "#server/auth/oidc/schema.ts";
import { ErrorPanel } from "../_ui/error-panel/error-panel.tsx";
import classes from "./steps.module.css";

/** Why somebody comes back from their clinic's provider without what they went for. What stands in the address is a word of a closed list, or the general sentence. */
export function JourneyNotice({ refusal, requestId }: { refusal: string; requestId?: string | undefined }) {
  const t = useTranslations("errors.oidc");
  const known = refusals.includes(refusal as Refusal) ? (refusal as Refusal) : "answerRefused";
  return (
    <div className={classes.notice}>
      <ErrorPanel title={t("title")} {...(requestId && { requestId })}>
        {t(known)}
      </ErrorPanel>
    </div>
  );
}
