"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { InvitationView } from "#server/membership/read-invitation.ts";
import { callSignOut } from "../_session/call-sign-in.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { type ErrorText, useErrorText } from "../_trpc/use-error-text.ts";
import { ErrorPanel } from "../_ui/error-panel/error-panel.tsx";
import { PersonDisc } from "../_ui/person/person-disc.tsx";
import classes from "./invitation.module.css";
import type { Person } from "./invitation.tsx";

interface JoinHereProps {
  person: Person;
  view: InvitationView;
  token: string;
}

/** Who is signed in joins in one gesture, when the invitation is theirs; else they are told whose it is. */
export function JoinHere({ person, view, token }: JoinHereProps) {
  const t = useTranslations("invitation");
  const client = useTRPCClient();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText>();
  const mine = person.email === view.email;

  async function join() {
    if (busy) return;
    setBusy(true);
    try {
      const { slug } = await client.invitation.joinSignedIn.mutate({ token });
      window.location.assign(`/clinic/${slug}`);
    } catch (error) {
      setFailure(say(error));
      setBusy(false);
    }
  }

  async function signOut() {
    setBusy(true);
    await callSignOut();
    // The whole page again: it is another page for nobody than for somebody.
    window.location.reload();
  }

  return (
    <>
      <div className={classes.person}>
        <PersonDisc name={person.displayName} size={40} tone="self" />
        <span>
          <strong>{person.displayName}</strong>
          <span className={classes.email}>{person.email}</span>
        </span>
      </div>
      {failure && <ErrorPanel requestId={failure.requestId}>{failure.message}</ErrorPanel>}
      {mine ? (
        <Button onClick={join} loading={busy} fullWidth>
          {t("join", { clinic: view.clinicName })}
        </Button>
      ) : (
        <>
          <p className={classes.help}>{t("otherPerson", { email: view.email })}</p>
          <Button onClick={signOut} loading={busy} fullWidth variant="default">
            {t("signOut")}
          </Button>
        </>
      )}
    </>
  );
}
