"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { usePasswordStrength } from "../../../_session/use-password-strength.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { PasswordField } from "../../../_ui/password-field/password-field.tsx";

interface FormProps {
  token: string;
  whose: { email: string; displayName: string };
  onDone: () => void;
  /** The link itself is refused: used or expired meanwhile. */
  onRefused: (sentence: string) => void;
}

export function NewPasswordForm({ token, whose, onDone, onRefused }: FormProps) {
  const t = useTranslations("signIn.reset");
  const client = useTRPCClient();
  const say = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const strength = usePasswordStrength(password, [whose.email, whose.displayName]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await client.auth.password.reset.mutate({ token, password });
      onDone();
    } catch (failure) {
      const { code, fields, message } = say(failure);
      if (code === "Precondition") return onRefused(message);
      setError(fields.password ?? message);
      setBusy(false);
      field.current?.focus();
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <input type="hidden" name="username" autoComplete="username" value={whose.email} readOnly />
      <PasswordField
        ref={field}
        name="password"
        label={t("new")}
        autoComplete="new-password"
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          setError(undefined);
        }}
        strength={strength}
        error={error}
        autoFocus
      />
      <Button type="submit" fullWidth mt="md" loading={busy}>
        {t("choose")}
      </Button>
    </form>
  );
}
