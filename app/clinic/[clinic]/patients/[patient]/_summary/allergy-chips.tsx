"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import classes from "./summary.module.css";
import { useSummary } from "./use-summary.ts";

/** Allergies in the bar that never leaves: brique for an allergy, lampe for an intolerance, and whether anybody asked. */
export function AllergyChips({ patientId }: { patientId: string }) {
  const t = useTranslations("record.allergies");
  const summary = useSummary(patientId);
  if (!summary.data) return null;
  const shown = summary.data.allergies.filter(
    ({ status, certainty }) => status === "active" && certainty !== "refuted",
  );
  return (
    <ul className={classes.chips} aria-label={t("chips")}>
      {shown.length === 0 && (
        <li>
          <Chip tone="attention">{t("chipNotAsked")}</Chip>
        </li>
      )}
      {shown.map(({ id, kind, substance }) => (
        <li key={id}>
          {kind === "none-known" && <Chip>{t("none")}</Chip>}
          {kind === "allergy" && (
            <Chip tone="danger" icon={<IconAlertTriangle />}>
              {substance}
            </Chip>
          )}
          {kind === "intolerance" && <Chip tone="attention">{t("intol", { substance })}</Chip>}
        </li>
      ))}
    </ul>
  );
}
