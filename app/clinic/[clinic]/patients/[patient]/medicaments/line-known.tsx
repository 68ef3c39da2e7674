import { useTranslations } from "next-intl";
import type { MedicationView } from "#server/medication/record.ts";
import classes from "./line-acts.module.css";

/** What is known of a line beyond how it is taken, on one line. */
export function LineKnown({ medication }: { medication: MedicationView }) {
  const t = useTranslations("medications");
  const { reason, started, stopped, stopReason, origin, by, note } = medication;
  const known = [
    reason && t("for", { reason }),
    started && t("since", { date: started }),
    stopped && t("stoppedOn", { date: stopped, reason: stopReason }),
    origin === "elsewhere" && t("elsewhere"),
    by && t("by", { name: by }),
    note,
  ].filter(Boolean);
  return <p className={classes.known}>{known.join(" · ")}</p>;
}
