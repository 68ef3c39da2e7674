"use client";

import { Anchor, Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useToldText } from "../_trpc/use-error-text.ts";
import { PasswordField } from "../_ui/password-field/password-field.tsx";
import { callSignIn, type SignInRealm } from "./call-sign-in.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import classes from "./steps.module.css";

interface PasswordStepProps {
  realm: SignInRealm;
  email: string;
  onChangeEmail: () => void;
  onOpened: () => void;
  onSecondFactor: () => void;
}

export function PasswordStep({ realm, email, onChangeEmail, onOpened, onSecondFactor }: PasswordStepProps) {
  const t = useTranslations("signIn");
  const errors = useTranslations("errors");
  const tell = useToldText();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    if (password === "") return refuse(errors("signIn.passwordNeeded"));
    setBusy(true);
    setError(undefined);
    const outcome = await callSignIn("password", { email, password }, realm);
    if (outcome.kind === "opened") return onOpened();
    setBusy(false);
    if (outcome.kind === "second-factor") return onSecondFactor();
    if (outcome.kind === "refused") refuse(tell(outcome.error).message);
  }

  function refuse(sentence: string) {
    setError(sentence);
    field.current?.focus();
  }

  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.who}>
        <span className={classes.email}>{email}</span>
        <Anchor component="button" type="button" onClick={onChangeEmail} className={classes.change}>
          {t("password.change")}
        </Anchor>
      </div>
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        ref={field}
        name="password"
        label={t("password.label")}
        autoComplete="current-password"
        error={error}
        autoFocus
      />
      <p className={classes.help}>
        <Anchor href={`/mot-de-passe?courriel=${encodeURIComponent(email)}`}>{t("password.forgotten")}</Anchor>
      </p>
      <Button type="submit" fullWidth loading={busy}>
        {t("password.open")}
      </Button>
      <PasskeyButton realm={realm} onOpened={onOpened} />
    </form>
  );
}
