"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { CodeInput } from "../_ui/code-input/code-input.tsx";
import { PasswordField } from "../_ui/password-field/password-field.tsx";
import { ProviderButton } from "./provider-button.tsx";
import classes from "./steps.module.css";
import type { useProof } from "./use-proof.ts";

interface ProofFormProps {
  proof: ReturnType<typeof useProof>;
  /** Whose password it is, for password managers. */
  email: string;
  /** The verb of the button: « Déverrouiller », « Confirmer ». */
  verb: string;
  /** Which ways are offered here. */
  ways?: readonly ("password" | "passkey" | "code")[];
}

const all = ["password", "passkey", "code"] as const;

/** A password, a passkey or a code: what this person has, in the order that asks least of them. */
export function ProofForm({ proof, email, verb, ways = all }: ProofFormProps) {
  const t = useTranslations("signIn");
  const [code, setCode] = useState("");
  const { proofs, busy, error, prove, proveByPasskey, proveByProvider } = proof;
  if (!proofs) return <Skeleton height={120} />;
  const offers = (way: (typeof all)[number]) => proofs[way] && ways.includes(way);
  const byCode = offers("code") && !offers("password");

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    if (password !== "") void prove({ password });
  }

  return (
    <>
      {offers("password") && (
        <form onSubmit={submit} noValidate>
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField
            name="password"
            label={t("password.label")}
            autoComplete="current-password"
            error={error}
            autoFocus
            onChange={proof.clear}
          />
          <Button type="submit" fullWidth mt="md" loading={busy}>
            {verb}
          </Button>
        </form>
      )}
      {byCode && (
        <CodeInput
          label={t("code.label")}
          description={t("code.help")}
          value={code}
          onChange={setCode}
          onComplete={(typed) => {
            setCode("");
            void prove({ code: typed });
          }}
          error={error}
          disabled={busy}
          autoFocus={!offers("passkey")}
        />
      )}
      {offers("passkey") && (
        <Button
          variant={offers("password") ? "subtle" : "filled"}
          fullWidth
          mt="sm"
          leftSection={<IconFingerprint size={20} aria-hidden />}
          onClick={proveByPasskey}
          loading={busy && !offers("password")}
        >
          {t("passkey.short")}
        </Button>
      )}
      {proofs.provider && proveByProvider && (
        <ProviderButton
          variant={offers("password") || offers("passkey") ? "subtle" : "filled"}
          mt="sm"
          onClick={proveByProvider}
        >
          {t("provider.continue", { label: proofs.provider })}
        </ProviderButton>
      )}
      {error && !offers("password") && !byCode && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
