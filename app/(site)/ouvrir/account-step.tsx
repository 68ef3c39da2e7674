"use client";

import { Button, TextInput } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { account } from "#server/clinic/schema.ts";
import { languageOf } from "../../_i18n/locale.ts";
import { isStrongEnough, usePasswordStrength } from "../../_session/use-password-strength.ts";
import { useTRPCClient } from "../../_trpc/client.tsx";
import { type ErrorText, useErrorText } from "../../_trpc/use-error-text.ts";
import { useProof } from "../../_trpc/use-proof.ts";
import { ErrorPanel } from "../../_ui/error-panel/error-panel.tsx";
import { ErrorSummary } from "../../_ui/form/error-summary.tsx";
import { namedErrors } from "../../_ui/form/named-errors.ts";
import { PasswordField } from "../../_ui/password-field/password-field.tsx";
import { askCode } from "./ask-code.ts";
import classes from "./sign-up.module.css";
import type { StepProps } from "./step-props.ts";
import { useStepForm } from "./use-step-form.ts";

type AccountStepProps = StepProps & { password: string; onPassword: (password: string) => void };

/** The owner's account. Sending it mails a code, unless one that is still good went to the same address a moment ago. */
export function AccountStep({ draft, change, go, refused, password, onPassword }: AccountStepProps) {
  const t = useTranslations("signUp.compte");
  const client = useTRPCClient();
  const say = useErrorText();
  const locale = languageOf(useLocale());
  const proof = useProof();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText>();
  const { officerName, officerEmail, ownerIsOfficer, name: clinicName } = draft.clinic;
  const { displayName, email } = draft.account;
  const { errors, attempt, check } = useStepForm(account, { displayName, email, password }, refused, "account.");
  const about = [displayName, email, clinicName];
  const strength = usePasswordStrength(password, about);
  const [weakOne, setWeakOne] = useState<string>();

  useEffect(() => proof.prepare(), [proof.prepare]);

  // « C'est moi » spares typing the same name and address twice; both can be changed.
  useEffect(() => {
    if (!ownerIsOfficer) return;
    change((before) => {
      const own = before.account;
      if (own.displayName !== "" && own.email !== "") return before;
      return { ...before, account: { displayName: own.displayName || officerName, email: own.email || officerEmail } };
    });
  }, [ownerIsOfficer, officerName, officerEmail, change]);

  const set = (edit: Partial<typeof draft.account>) =>
    change((before) => ({ ...before, account: { ...before.account, ...edit } }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const strong = await isStrongEnough(password, about);
      setWeakOne(strong ? undefined : password);
      const parsed = check();
      if (!parsed || !strong) return;
      const code = await askCode({ client, proof, email: parsed.email, locale, sent: draft.code });
      change((before) => ({ ...before, account: { displayName, email: parsed.email }, code }));
      go("code");
    } catch (error) {
      setFailure(say(error));
    } finally {
      setBusy(false);
    }
  }

  const passwordError = errors.password ?? (password === weakOne ? t("weak") : undefined);
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <ErrorSummary
        errors={namedErrors(passwordError ? { ...errors, password: passwordError } : errors, {
          displayName: t("name"),
          email: t("email"),
          password: t("password"),
        })}
        attempt={attempt}
      />
      {failure && <ErrorPanel requestId={failure.requestId}>{failure.message}</ErrorPanel>}
      <TextInput
        id="displayName"
        label={t("name")}
        description={t("nameHelp")}
        value={displayName}
        onChange={(event) => set({ displayName: event.currentTarget.value })}
        error={errors.displayName}
        autoComplete="name"
      />
      <TextInput
        id="email"
        label={t("email")}
        description={t("emailHelp")}
        type="email"
        inputMode="email"
        value={email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        error={errors.email}
        autoComplete="username"
      />
      <PasswordField
        id="password"
        label={t("password")}
        description={t("passwordHelp")}
        autoComplete="new-password"
        value={password}
        onChange={(event) => onPassword(event.currentTarget.value)}
        strength={strength}
        error={passwordError}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={busy} rightSection={<IconArrowRight size={18} aria-hidden />}>
          {t("send")}
        </Button>
        <Button variant="subtle" onClick={() => go("clinique")}>
          {t("back")}
        </Button>
        <span className={classes.aside}>{t("passwordNotKept")}</span>
      </div>
    </form>
  );
}
