"use client";

import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Terms } from "#server/clinic/terms.ts";
import { setLocale } from "../../_i18n/set-locale.ts";
import { useTRPCClient } from "../../_trpc/client.tsx";
import { useErrorText } from "../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../_ui/error-panel/error-panel.tsx";
import type { AcceptedTerms } from "./draft.ts";
import classes from "./sign-up.module.css";

interface TermsStepProps {
  french: Terms & { receipt: string };
  accepted: AcceptedTerms | undefined;
  startIn: "fr" | "en";
  onAccept: (terms: AcceptedTerms) => void;
}

/** The terms in French, and only then, for who asks, in English: the choice and the order are kept with the agreement. */
export function TermsStep({ french, accepted, startIn, onAccept }: TermsStepProps) {
  const t = useTranslations("signUp.conditions");
  const client = useTRPCClient();
  const say = useErrorText();
  const [terms, setTerms] = useState(french);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  async function showEnglish() {
    setBusy(true);
    setFailure(undefined);
    try {
      setTerms(await client.signUp.terms.query({ locale: "en", receipt: french.receipt }));
    } catch (error) {
      setFailure(say(error).message);
    } finally {
      setBusy(false);
    }
  }

  async function accept() {
    const { version, locale, receipt } = terms;
    // Whoever chose English for the contract goes on in English, and the other way round.
    if (locale !== startIn) await setLocale(locale);
    onAccept({ version, locale, receipt, at: new Date().toISOString() });
  }

  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by the arrows. */}
      <section className={classes.terms} lang={terms.locale} tabIndex={0} aria-label={terms.title}>
        <h2 className={classes.termsTitle}>{terms.title}</h2>
        <p className={classes.termsLead}>{terms.lead}</p>
        {terms.sections.map(({ title, paragraphs }) => (
          <div key={title}>
            <h3>{title}</h3>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        ))}
        <p className={classes.termsVersion}>{t("version", { version: terms.version })}</p>
      </section>
      {failure && <ErrorPanel>{failure}</ErrorPanel>}
      <div className={classes.acts}>
        <Button onClick={accept} rightSection={<IconArrowRight size={18} aria-hidden />} lang={terms.locale}>
          {terms.locale === "fr" ? t("acceptFrench") : t("acceptEnglish")}
        </Button>
        {terms.locale === "fr" ? (
          <Button variant="subtle" onClick={showEnglish} loading={busy} lang="en">
            {t("readInEnglish")}
          </Button>
        ) : (
          <Button variant="subtle" onClick={() => setTerms(french)} lang="fr">
            {t("readInFrench")}
          </Button>
        )}
        {accepted && <span className={classes.aside}>{t("already")}</span>}
      </div>
    </div>
  );
}
