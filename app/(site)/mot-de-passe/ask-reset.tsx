"use client";

import { Button, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { TrpcProvider, useTRPCClient } from "../../_trpc/client.tsx";
import { useErrorText } from "../../_trpc/use-error-text.ts";
import { CardNote, CardPage } from "../../_ui/frame/card-page.tsx";
import { LinkButton } from "../../_ui/link-button/link-button.tsx";

/** The answer is the same for everybody: only the mailbox knows whether there is an account. */
export function AskReset({ email }: { email: string }) {
  const t = useTranslations("signIn.reset");
  const [sent, setSent] = useState<string>();
  if (sent !== undefined) {
    return (
      <CardPage
        title={t("sentTitle")}
        lead={t("sentLead", { email: sent })}
        foot={<CardNote icon={<IconInfoCircle />}>{t("sentNote")}</CardNote>}
      >
        <LinkButton href="/connexion" variant="default" fullWidth>
          {t("back")}
        </LinkButton>
      </CardPage>
    );
  }
  return (
    <CardPage title={t("title")} lead={t("lead")} back="/connexion">
      <TrpcProvider>
        <AskForm email={email} onSent={setSent} />
      </TrpcProvider>
    </CardPage>
  );
}

function AskForm({ email, onSent }: { email: string; onSent: (email: string) => void }) {
  const t = useTranslations("signIn.reset");
  const client = useTRPCClient();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const field = event.currentTarget.querySelector<HTMLInputElement>("input[name=email]");
    const typed = field?.value ?? "";
    setBusy(true);
    try {
      await client.auth.password.askReset.mutate({ email: typed });
      onSent(typed);
    } catch (failure) {
      const { fields, message } = say(failure);
      setError(fields.email ?? message);
      setBusy(false);
      field?.focus();
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="off"
        spellCheck={false}
        defaultValue={email}
        error={error}
        onChange={() => setError(undefined)}
        // The page is this one question.
        autoFocus
      />
      <Button type="submit" fullWidth mt="md" loading={busy}>
        {t("send")}
      </Button>
    </form>
  );
}
