"use client";

import { useTranslations } from "next-intl";
import type { PatientView } from "#server/patient/record.ts";
import { LinkButton } from "../../../../_ui/link-button/link-button.tsx";
import { Section } from "../../../../_ui/section/section.tsx";
import { sayNumber } from "../../_record/say-number.ts";
import { sayAddress } from "../say-address.ts";
import classes from "./facts.module.css";

/** How to reach this person, in which language, and who stands beside them. */
export function Facts({ slug, patient }: { slug: string; patient: PatientView }) {
  const t = useTranslations("chart.facts");
  const { contacts, relatedPersons, birthFamilyName, familyName, language } = patient;
  const about: [string, string][] = [[t("language"), t(`languages.${language}`)]];
  if (birthFamilyName && birthFamilyName !== familyName) about.push([t("birthName"), birthFamilyName]);
  return (
    <>
      <Section
        title={t("reach")}
        action={
          <LinkButton href={`/clinic/${slug}/patients/${patient.id}/fiche`} variant="subtle" size="compact-sm">
            {t("file")}
          </LinkButton>
        }
      >
        {contacts.length === 0 ? (
          <p className={classes.none}>{t("noContact")}</p>
        ) : (
          <dl className={classes.facts}>
            {contacts.map(({ id, system, value, city, province, postalCode }) => (
              <div key={id}>
                <dt>{t(system)}</dt>
                <dd>
                  {system === "email" ? (
                    <a href={`mailto:${value}`}>{value}</a>
                  ) : system === "address" ? (
                    sayAddress({ value, city, province, postalCode })
                  ) : (
                    <a href={`tel:${value}`}>{sayNumber(value)}</a>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Section>
      <Section title={t("title")}>
        <dl className={classes.facts}>
          {about.map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {relatedPersons.length > 0 && (
        <Section title={t("related")} count={relatedPersons.length}>
          <ul className={classes.people}>
            {relatedPersons.map(({ id, givenName, familyName: name, phone, email, actsToday }) => (
              <li key={id}>
                <strong>{`${givenName} ${name}`}</strong>
                {actsToday && <span className={classes.acts}>{` · ${t("mayAct")}`}</span>}
                <span className={classes.under}>{[phone && sayNumber(phone), email].filter(Boolean).join(" · ")}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
