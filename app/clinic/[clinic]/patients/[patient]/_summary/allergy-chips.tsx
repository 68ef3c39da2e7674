"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { isSameEntry } from "#server/record-entry/same-entry.ts";
import type { AllergyView } from "#server/summary/record.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import classes from "./summary.module.css";
import { useSummary } from "./use-summary.ts";

/** Allergies in the bar that never leaves: brique for an allergy, lampe for an intolerance, and whether anybody asked. */
export function AllergyChips({ patientId }: { patientId: string }) {
  const t = useTranslations("record.allergies");
  const summary = useSummary(patientId);
  if (!summary.data) return null;
  const active = summary.data.allergies.filter(
    ({ status, certainty }) => status === "active" && certainty !== "refuted",
  );
  // Two records that were joined may both have it: the bar says it once.
  const isTwin = (one: AllergyView, other: AllergyView) =>
    one.kind === other.kind && isSameEntry({ ...one, words: [one.substance] }, { ...other, words: [other.substance] });
  const shown = active.filter((one, at) => !active.slice(0, at).some((before) => isTwin(before, one)));
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
