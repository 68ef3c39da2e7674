"use client";

import { Skeleton } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { TrpcProvider, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { CardNote, CardPage } from "../../../_ui/frame/card-page.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { NewPasswordForm } from "./new-password-form.tsx";

export function NewPassword() {
  return (
    <TrpcProvider>
      <Steps />
    </TrpcProvider>
  );
}

type Whose = { email: string; displayName: string };

/** Looks at the link, then asks for the password, then says that it is done: one card, one question at a time. */
function Steps() {
  const t = useTranslations("signIn.reset");
  const client = useTRPCClient();
  const say = useErrorText();
  const [token, setToken] = useState<string>();
  const [whose, setWhose] = useState<Whose>();
  const [refusal, setRefusal] = useState<string>();
  const [done, setDone] = useState(false);

  useEffect(() => {
    const found = window.location.hash.slice(1);
    // Out of the address bar, and so out of the history and of any photograph of the screen.
    window.history.replaceState(null, "", window.location.pathname);
    setToken(found);
    client.auth.password.readReset.mutate({ token: found }).then(setWhose, (failure: unknown) => {
      const { fields, message } = say(failure);
      setRefusal(fields.token ?? message);
    });
  }, [client, say]);

  if (refusal) {
    return (
      <CardPage title={t("expiredTitle")} lead={refusal}>
        <LinkButton href="/mot-de-passe" fullWidth>
          {t("askAgain")}
        </LinkButton>
      </CardPage>
    );
  }
  if (done) {
    return (
      <CardPage title={t("doneTitle")} lead={t("doneLead")}>
        <LinkButton href="/connexion" fullWidth>
          {t("signIn")}
        </LinkButton>
      </CardPage>
    );
  }
  return (
    <CardPage
      title={t("newTitle")}
      lead={whose ? t("newLead", { email: whose.email }) : t("looking")}
      foot={<CardNote icon={<IconShieldLock />}>{t("newNote")}</CardNote>}
    >
      {whose && token ? (
        <NewPasswordForm token={token} whose={whose} onDone={() => setDone(true)} onRefused={setRefusal} />
      ) : (
        <Skeleton height={132} />
      )}
    </CardPage>
  );
}
