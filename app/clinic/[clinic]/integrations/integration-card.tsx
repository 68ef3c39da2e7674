"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import type { IntegrationRecord } from "#server/integration/record.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import classes from "./integrations.module.css";

interface IntegrationCardProps {
  integration: IntegrationRecord;
  state: ReactNode;
  /** Switches it on, or changes its assessment. */
  onOpen?: () => void;
  onClose?: () => void;
}

/** One recipient: what for, what leaves, to whom, and on what assessment. */
export function IntegrationCard({ integration, state, onOpen, onClose }: IntegrationCardProps) {
  const t = useTranslations("integrations");
  const language = languageOf(useLocale());
  const id = useId();
  const { purpose, data, recipient, kind, enabled, efvpReference, efvpSignedOn, efvpSignedBy } = integration;
  const facts: [string, string][] = [
    [t("data"), data[language]],
    [t("recipient"), recipient ?? t(kind === "clinic" ? "recipientNone" : "recipientHost")],
  ];
  if (efvpReference) {
    facts.push([t("assessment"), efvpReference]);
    const by = efvpSignedBy ? t("signedBy", { date: efvpSignedOn ?? "", who: efvpSignedBy }) : (efvpSignedOn ?? "");
    facts.push([t("signed"), by]);
    facts.push([t("agreement"), integration.agreementReference]);
  }
  return (
    <article className={classes.card} aria-labelledby={id}>
      <div className={classes.head}>
        <h3 className={classes.title} id={id}>
          {purpose[language]}
        </h3>
        <div className={classes.state}>{state}</div>
      </div>
      <dl className={classes.facts}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {(onOpen || onClose) && (
        <div className={classes.acts}>
          {onOpen && (
            <Button variant="default" onClick={onOpen}>
              {t(enabled ? "reassess" : "open")}
            </Button>
          )}
          {onClose && (
            <Button variant="subtle" color="brique" onClick={onClose}>
              {t("close")}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}
