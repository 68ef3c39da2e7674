"use client";

import { Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { TRPCClientError } from "@trpc/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../_trpc/client.tsx";
import { useErrorText, useToldText } from "../_trpc/use-error-text.ts";
import { callSignIn, type SignInRealm } from "./call-sign-in.ts";
import classes from "./steps.module.css";

interface PasskeyButtonProps {
  realm: SignInRealm;
  onOpened: () => void;
  /** The first thing to do on the page, with a line that says what it is. */
  primary?: boolean;
}

/** Signs in with a passkey that this browser, a phone or a key holds. Its code is loaded when it is asked for. */
export function PasskeyButton({ realm, onOpened, primary = false }: PasskeyButtonProps) {
  const t = useTranslations("signIn");
  const tell = useToldText();
  const say = useErrorText();
  const client = useTRPCClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function signIn() {
    setBusy(true);
    setError(undefined);
    const sentence = await attempt();
    if (sentence === undefined) return onOpened();
    setError(sentence);
    setBusy(false);
  }

  async function attempt(): Promise<string | undefined> {
    const { browserSupportsWebAuthn, startAuthentication } = await import("@simplewebauthn/browser");
    if (!browserSupportsWebAuthn()) return t("passkey.unsupported");
    try {
      const optionsJSON = await client.auth.passkey.startSignIn.mutate();
      const assertion = await startAuthentication({ optionsJSON });
      const outcome = await callSignIn("passkey", { assertion }, realm);
      return outcome.kind === "refused" ? tell(outcome.error).message : undefined;
    } catch (failure) {
      return failure instanceof TRPCClientError ? say(failure).message : t("passkey.cancelled");
    }
  }

  return (
    <>
      <Button
        variant={primary ? "filled" : "subtle"}
        size={primary ? "lg" : undefined}
        fullWidth
        mt={primary ? undefined : "xs"}
        leftSection={<IconFingerprint size={20} aria-hidden />}
        onClick={signIn}
        loading={busy}
      >
        {t(primary ? "passkey.continue" : "passkey.instead")}
      </Button>
      {primary && !error && <p className={classes.small}>{t("passkey.help")}</p>}
      <p className={classes.error} role="alert" hidden={!error}>
        {error}
      </p>
    </>
  );
}
