"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { usePasswordStrength } from "../_session/use-password-strength.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { PasswordField } from "../_ui/password-field/password-field.tsx";
import { Section } from "../_ui/section/section.tsx";
import classes from "./account.module.css";
import { useAct } from "./use-act.ts";

/** A new password, once the person has proved who they are (the dialog asks when that was long ago). */
export function PasswordSection({ email, displayName }: { email: string; displayName: string }) {
  const t = useTranslations("account.password");
  const client = useTRPCClient();
  const { busy, run } = useAct();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const strength = usePasswordStrength(password, [email, displayName]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const field = event.currentTarget.querySelector<HTMLInputElement>("input[name=password]");
    const changed = await run(
      () => client.auth.password.change.mutate({ password }),
      t("changed"),
      ({ fields, message }) => {
        setError(fields.password ?? message);
        field?.focus();
      },
    );
    if (changed) setPassword("");
  }

  return (
    <Section title={t("title")} lead={t("lead")}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
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
        />
        <Button type="submit" variant="default" loading={busy} w="fit-content">
          {t("change")}
        </Button>
      </form>
    </Section>
  );
}
