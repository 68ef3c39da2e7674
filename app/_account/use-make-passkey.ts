"use client";

import { TRPCClientError } from "@trpc/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { z } from "zod";
import type { attestation } from "#server/auth/passkey/schema.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { useErrorText } from "../_trpc/use-error-text.ts";
import { useToast } from "../_ui/toast/toast.tsx";

/** Makes a passkey in this browser and keeps it; it is named after the browser until the person says otherwise. */
export function useMakePasskey(onMade: () => unknown) {
  const t = useTranslations("account.passkeys");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function make(): Promise<string | undefined> {
    const { browserSupportsWebAuthn, startRegistration, WebAuthnError } = await import("@simplewebauthn/browser");
    if (!browserSupportsWebAuthn()) return t("unsupported");
    try {
      const optionsJSON = await client.auth.passkey.startRegistration.mutate();
      const made = (await startRegistration({ optionsJSON })) as z.input<typeof attestation>;
      await client.auth.passkey.register.mutate({
        attestation: made,
        label: nameOf(navigator.userAgent, t("unnamed")),
      });
      toast({ message: t("added") });
      await onMade();
      return undefined;
    } catch (failure) {
      if (failure instanceof TRPCClientError) return say(failure).message;
      const held = failure instanceof WebAuthnError && failure.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
      return held ? t("already") : t("cancelled");
    }
  }

  async function run() {
    setBusy(true);
    setError(undefined);
    setError(await make());
    setBusy(false);
  }

  return { busy, error, run };
}

const systems: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS X/, "Mac"],
  [/Linux/, "Linux"],
];

const nameOf = (agent: string, otherwise: string) => systems.find(([pattern]) => pattern.test(agent))?.[1] ?? otherwise;
