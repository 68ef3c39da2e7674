"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { email as emailSchema } from "#server/auth/password/schema.ts";
import { OrDivider } from "../_ui/frame/card-page.tsx";
import type { SignInRealm } from "./call-sign-in.ts";
import { PasskeyButton } from "./passkey-button.tsx";

interface StartStepProps {
  realm: SignInRealm;
  email: string;
  onEmail: (email: string) => void;
  onOpened: () => void;
}

/** A passkey, or an e-mail. The server is not asked whether the e-mail is known: it would be telling. */
export function StartStep({ realm, email, onEmail, onOpened }: StartStepProps) {
  const t = useTranslations("signIn");
  const errors = useTranslations("errors");
  const [error, setError] = useState<string>();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = emailSchema.safeParse(new FormData(event.currentTarget).get("email"));
    if (typed.success) return onEmail(typed.data);
    setError(errors("signIn.emailInvalid"));
    event.currentTarget.querySelector<HTMLInputElement>("input[name=email]")?.focus();
  }

  return (
    <>
      <PasskeyButton realm={realm} onOpened={onOpened} primary />
      <OrDivider />
      <form onSubmit={submit} noValidate>
        <TextInput
          name="email"
          type="email"
          label={t("start.email")}
          autoComplete="username webauthn"
          defaultValue={email}
          error={error}
          onChange={() => setError(undefined)}
          inputMode="email"
          autoCapitalize="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" fullWidth mt="sm">
          {t("start.continue")}
        </Button>
      </form>
    </>
  );
}
