"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { VisitView } from "#server/booking/read-visit.ts";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { Icon } from "../_page/icon.tsx";
import { inLanguage } from "./names.ts";
import classes from "./visit-facts.module.css";

/** One visit as facts: when, with whom, where. Said behind its link only. */
export function VisitFacts({ visit, locale }: { visit: VisitView; locale: "fr" | "en" }) {
  const [t, profession] = [useTranslations("booking"), useTranslations("vocabulary.professions")];
  const { service, practitioner, location, mode } = visit;
  const name = service && inLanguage(locale, service.name, service.nameEn);
  const trade = practitioner?.profession as "physician" | undefined;
  return (
    <div className={classes.facts} data-off={visit.state !== "upcoming" || undefined}>
      <Fact icon="calendar">
        <strong className={classes.when}>{sayWhen(visit.startsAt, visit.timeZone, locale)}</strong>
        {service && (
          <span>
            {name}, {t("service.minutes", { minutes: service.durationMinutes })}
            {mode !== "in-person" && `, ${t(`time.modes.${mode}`)}`}
          </span>
        )}
      </Fact>
      {practitioner && (
        <Fact icon="person">
          <strong>{tiedPractitionerName(practitioner)}</strong>
          {trade && profession.has(trade) && <span>{profession(trade)}</span>}
        </Fact>
      )}
      {location && mode === "in-person" && (
        <Fact icon="pin">
          <strong>{location.addressLine || location.name}</strong>
          <span>
            {[location.addressLine && location.name, location.city, location.postalCode].filter(Boolean).join(", ")}
          </span>
        </Fact>
      )}
    </div>
  );
}

function Fact({ icon, children }: { icon: Parameters<typeof Icon>[0]["name"]; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <Icon name={icon} />
      <p>{children}</p>
    </div>
  );
}

/** What to bring or do before, as the clinic wrote it: a line each. */
export function Preparation({ visit, locale }: { visit: VisitView; locale: "fr" | "en" }) {
  const t = useTranslations("booking.done");
  const text = visit.service ? inLanguage(locale, visit.service.preparation, visit.service.preparationEn) : "";
  if (text === "" || visit.state !== "upcoming") return null;
  return (
    <section className={classes.before}>
      <h2>{t("before")}</h2>
      <p>{text}</p>
    </section>
  );
}
