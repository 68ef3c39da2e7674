"use client";

import { useTranslations } from "next-intl";
import type { ProfessionCode } from "#server/clinic/professions.ts";
import type { ClinicCard } from "#server/clinic/read-clinic.ts";
import { type RegionCode, regions } from "#server/clinic/schema.ts";
import { Section } from "../../../_ui/section/section.tsx";
import classes from "./facts-section.module.css";

/** What was settled at sign-up and what follows from it: law, retention, time. */
export function FactsSection({ card }: { card: ClinicCard }) {
  const t = useTranslations("settings.facts");
  const words = useTranslations("vocabulary");
  const facts = [
    [t("professions"), card.professions.map((code) => words(`fields.${code as ProfessionCode}`)).join(", ")],
    [t("law"), t(`laws.${card.legalRegime as "LRSSS"}`)],
    [t("retention"), t("years", { years: card.retentionYears })],
    [t("region"), regions[card.region as RegionCode] ?? card.region],
    [t("timeZone"), words(`timeZones.${card.timeZone as "America/Toronto"}`)],
  ];
  return (
    <Section title={t("title")} lead={t("lead")}>
      <dl className={classes.facts}>
        {facts.map(([term, fact]) => (
          <div key={term} className={classes.fact}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
