"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useToldText } from "../_trpc/use-error-text.ts";
import { CodeInput } from "../_ui/code-input/code-input.tsx";
import { callSignIn, type SignInRealm } from "./call-sign-in.ts";
import classes from "./steps.module.css";

interface CodeStepProps {
  realm: SignInRealm;
  /** A code written down long ago instead of the application's. */
  recovery: boolean;
  onSwitch: () => void;
  /** The first step is too old: begin again. */
  onExpired: () => void;
  onOpened: () => void;
}

export function CodeStep({ realm, recovery, onSwitch, onExpired, onOpened }: CodeStepProps) {
  const t = useTranslations("signIn");
  const errors = useTranslations("errors");
  const tell = useToldText();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function send(typed: string) {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    const outcome = await callSignIn("second-factor", recovery ? { recoveryCode: typed } : { code: typed }, realm);
    if (outcome.kind === "opened") return onOpened();
    setBusy(false);
    if (outcome.kind !== "refused") return;
    if (outcome.error.key === "signIn.stepExpired") return onExpired();
    setCode("");
    setError(tell(outcome.error).message);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code === "") return setError(errors("signIn.codeNeeded"));
    void send(code);
  }

  return (
    <form onSubmit={submit} noValidate>
      {recovery ? (
        <TextInput
          key="recovery"
          label={t("recovery.label")}
          description={t("recovery.help")}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={error}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus
        />
      ) : (
        <CodeInput
          key="code"
          label={t("code.label")}
          description={t("code.help")}
          value={code}
          onChange={setCode}
          onComplete={send}
          error={error}
          disabled={busy}
          autoFocus
        />
      )}
      <div className={classes.acts}>
        <Button type="submit" fullWidth loading={busy}>
          {t("code.verify")}
        </Button>
        <Button
          variant="subtle"
          fullWidth
          onClick={() => {
            setCode("");
            setError(undefined);
            onSwitch();
          }}
        >
          {t(recovery ? "recovery.useCode" : "code.useRecovery")}
        </Button>
      </div>
    </form>
  );
}
