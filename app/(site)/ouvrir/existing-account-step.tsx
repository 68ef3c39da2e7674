"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../_trpc/client.tsx";
import { type ErrorText, useErrorText } from "../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../_ui/error-panel/error-panel.tsx";
import { PersonDisc } from "../../_ui/person/person-disc.tsx";
import { clinicInput } from "./draft.ts";
import classes from "./sign-up.module.css";
import type { Person } from "./sign-up.tsx";
import type { StepProps } from "./step-props.ts";

/** Who is signed in owns the new clinic under the same account: the address is verified already, so no code is asked for. */
export function ExistingAccountStep({ draft, go, onRefused, onOpened, person }: StepProps & { person: Person }) {
  const t = useTranslations("signUp.compte");
  const client = useTRPCClient();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText>();
  const { terms, clinic } = draft;

  async function open() {
    if (busy || !terms) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const { slug } = await client.signUp.openAnother.mutate({
        clinic: clinicInput(clinic) as Parameters<typeof client.signUp.openAnother.mutate>[0]["clinic"],
        terms: { version: terms.version, locale: terms.locale, receipt: terms.receipt },
      });
      onOpened(slug);
    } catch (error) {
      const told = say(error);
      setBusy(false);
      setFailure(told);
      if (Object.keys(told.fields).length > 0) onRefused(told.fields);
    }
  }

  return (
    <div className={classes.form}>
      {failure && <ErrorPanel requestId={failure.requestId}>{failure.message}</ErrorPanel>}
      <div className={classes.person}>
        <PersonDisc name={person.displayName} size={44} tone="self" />
        <div>
          <p className={classes.personName}>{person.displayName}</p>
          <p className={classes.help}>{person.email}</p>
        </div>
      </div>
      <p className={classes.help}>{t("sameAccount")}</p>
      <div className={classes.acts}>
        <Button onClick={open} loading={busy}>
          {t("openClinic")}
        </Button>
        <Button variant="subtle" onClick={() => go("clinique")}>
          {t("back")}
        </Button>
      </div>
    </div>
  );
}
