"use client";

import { IconCircleCheck, IconUserX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { InvitationView } from "#server/membership/read-invitation.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { type ErrorText, useErrorText } from "../_trpc/use-error-text.ts";
import { ErrorPanel } from "../_ui/error-panel/error-panel.tsx";
import { CardNote, CardPage } from "../_ui/frame/card-page.tsx";
import { LinkButton } from "../_ui/link-button/link-button.tsx";
import { SkeletonForm } from "../_ui/skeleton/skeleton.tsx";
import { JoinHere } from "./join-here.tsx";
import { NewcomerForm } from "./newcomer-form.tsx";

export interface Person {
  displayName: string;
  email: string;
}

type Read =
  | { is: "reading" }
  | { is: "open"; view: InvitationView; token: string }
  | { is: "refused"; error: ErrorText };

/** One invitation: what it opens, and the shortest way in for whoever holds it. */
export function Invitation({ person }: { person: Person | null }) {
  const t = useTranslations("invitation");
  const roles = useTranslations("workspace.roles");
  const client = useTRPCClient();
  const say = useErrorText();
  const [read, setRead] = useState<Read>({ is: "reading" });

  useEffect(() => {
    const token = window.location.hash.slice(1);
    client.invitation.read.mutate({ token }).then(
      (view) => setRead({ is: "open", view, token }),
      (error) => setRead({ is: "refused", error: say(error) }),
    );
  }, [client, say]);

  if (read.is === "reading") {
    return (
      <CardPage title={t("pageTitle")} lead={t("reading")}>
        <SkeletonForm fields={2} />
      </CardPage>
    );
  }
  if (read.is === "refused") {
    const { error } = read;
    return (
      <CardPage title={t("closedTitle")}>
        <ErrorPanel title={t("closedPanel")} requestId={error.requestId}>
          {error.fields.token ?? error.message}
        </ErrorPanel>
        <LinkButton href="/connexion" variant="default" fullWidth mt="lg">
          {t("signIn")}
        </LinkButton>
      </CardPage>
    );
  }

  const { view, token } = read;
  const signedInAsOther = person !== null && person.email !== view.email;
  return (
    <CardPage
      title={t("title", { clinic: view.clinicName })}
      lead={t("lead", { role: roles(view.role) })}
      foot={
        <CardNote icon={signedInAsOther ? <IconUserX size={20} /> : <IconCircleCheck size={20} />}>
          {t("foot", { email: view.email })}
        </CardNote>
      }
    >
      {person && <JoinHere person={person} view={view} token={token} />}
      {!person && view.hasAccount && (
        <>
          <p>{t("hasAccount")}</p>
          <LinkButton href={`/connexion?suite=${encodeURIComponent(`/invitation#${token}`)}`} fullWidth>
            {t("signInToJoin")}
          </LinkButton>
        </>
      )}
      {!person && !view.hasAccount && <NewcomerForm view={view} token={token} />}
    </CardPage>
  );
}
