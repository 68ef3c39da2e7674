"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { InvitationView } from "#server/membership/read-invitation.ts";
import { joinInput } from "#server/membership/schema.ts";
import { isStrongEnough, usePasswordStrength } from "../_session/use-password-strength.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { type ErrorText, useErrorText } from "../_trpc/use-error-text.ts";
import { ErrorPanel } from "../_ui/error-panel/error-panel.tsx";
import { PasswordField } from "../_ui/password-field/password-field.tsx";
import classes from "./invitation.module.css";

/** A name and a password: the address was proved by the link itself. */
export function NewcomerForm({ view, token }: { view: InvitationView; token: string }) {
  const t = useTranslations("invitation");
  const errors = useTranslations("errors");
  const client = useTRPCClient();
  const say = useErrorText();
  const [displayName, setDisplayName] = useState(view.displayName);
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<ErrorText>();
  const [busy, setBusy] = useState(false);
  const about = [displayName, view.email, view.clinicName];
  const strength = usePasswordStrength(password, about);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    const parsed = joinInput.safeParse({ token, displayName, password });
    const found: Record<string, string> = {};
    for (const { path, message } of parsed.error?.issues ?? []) found[path.join("-")] ??= errors(message as "required");
    if (!found.password && !(await isStrongEnough(password, about))) found.password = errors("signIn.weakPassword");
    setWrong(found);
    if (parsed.success && Object.keys(found).length === 0) await join(parsed.data);
    else setBusy(false);
  }

  async function join(input: { token: string; displayName: string; password: string }) {
    try {
      const { slug } = await client.invitation.join.mutate(input);
      window.location.assign(`/clinic/${slug}`);
    } catch (error) {
      const told = say(error);
      setWrong(told.fields);
      if (Object.keys(told.fields).length === 0) setFailure(told);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      {failure && <ErrorPanel requestId={failure.requestId}>{failure.message}</ErrorPanel>}
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={view.email} readOnly />
      <TextInput
        label={t("name")}
        description={t("nameHelp")}
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
        error={wrong.displayName}
        autoComplete="name"
      />
      <PasswordField
        label={t("password")}
        description={t("passwordHelp")}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        strength={strength}
        error={wrong.password}
      />
      <Button type="submit" loading={busy} fullWidth>
        {t("join", { clinic: view.clinicName })}
      </Button>
    </form>
  );
}
