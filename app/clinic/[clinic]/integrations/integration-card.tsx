"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import type { IntegrationRecord } from "#server/integration/record.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import classes from "./integrations.module.css";

interface IntegrationCardProps {
  integration: IntegrationRecord;
  state: ReactNode;
  /** Switches it on, or changes its assessment. */
  onOpen?: () => void;
  /** Where a recipient is entered, while there is none. */
  enter?: string;
  /** The same in a drawer of this page, also to change it. */
  onEnter?: () => void;
  onClose?: () => void;
}

/** One recipient: what for, what leaves, to whom, and on what assessment. */
export function IntegrationCard({ integration, state, onOpen, enter, onEnter, onClose }: IntegrationCardProps) {
  const t = useTranslations("integrations");
  const fax = useTranslations("sending.fax");
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
      {(onOpen || onClose || enter || onEnter) && (
        <div className={classes.acts}>
          {enter && (
            <LinkButton href={enter} variant="default">
              {t("enterProvider")}
            </LinkButton>
          )}
          {onEnter && (
            <Button variant="default" onClick={onEnter}>
              {fax(recipient ? "change" : "enter")}
            </Button>
          )}
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
