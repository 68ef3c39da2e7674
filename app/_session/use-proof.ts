"use client";

import { TRPCClientError } from "@trpc/client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Assertion } from "#server/auth/passkey/schema.ts";
import type { Proofs } from "#server/auth/proof/read-proofs.ts";
import type { Proof } from "#server/auth/proof/schema.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { useErrorText } from "../_trpc/use-error-text.ts";
import { ungated } from "./session-gate.ts";

interface UseProof {
  act: "unlock" | "confirm" | "passSecondFactor";
  onDone: () => void;
  /** The session is over: there is nothing to prove any more. */
  onEnded: () => void;
}

/** Proving who one is in place: what this person can prove with, and the call that proves it. */
export function useProof({ act, onDone, onEnded }: UseProof) {
  const client = useTRPCClient();
  const say = useErrorText();
  const t = useTranslations("signIn");
  const [proofs, setProofs] = useState<Proofs>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  useEffect(() => {
    client.auth.session.proofs.query(undefined, ungated).then(setProofs, (failure: unknown) => {
      if (say(failure).code === "Unauthenticated") onEnded();
      else setProofs({ password: true, passkey: true, code: false, provider: null });
    });
  }, [client, say, onEnded]);

  async function prove(proof: Proof) {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await client.auth.session[act].mutate({ proof }, ungated);
      onDone();
    } catch (failure) {
      const { message } = say(failure);
      const key = failure instanceof TRPCClientError ? failure.data?.domain?.key : undefined;
      if (key === "unauthenticated") return onEnded();
      // Here nobody typed an address that could be the wrong one.
      setError(key === "signIn.wrongCredentials" ? t("wrongPassword") : message);
    } finally {
      setBusy(false);
    }
  }

  async function proveByPasskey() {
    setError(undefined);
    const { browserSupportsWebAuthn, startAuthentication } = await import("@simplewebauthn/browser");
    if (!browserSupportsWebAuthn()) return setError(t("passkey.unsupported"));
    try {
      const optionsJSON = await client.auth.session.startProof.mutate(undefined, ungated);
      // Checked again by the server's schema; the two libraries name the extensions' type differently.
      await prove({ assertion: (await startAuthentication({ optionsJSON })) as Assertion });
    } catch (failure) {
      setError(failure instanceof TRPCClientError ? say(failure).message : t("passkey.cancelled"));
    }
  }

  /** The clinic's provider wakes what it opened, in a tab of its own: what is typed in this one stays. */
  async function proveByProvider() {
    setError(undefined);
    // Opened by the gesture itself: a browser refuses one that comes after an answer.
    const tab = window.open("about:blank");
    if (!tab) return setError(t("provider.blocked"));
    try {
      const { address } = await client.auth.oidc.startUnlock.mutate(undefined, ungated);
      tab.location.assign(address);
    } catch (failure) {
      tab.close();
      setError(say(failure).message);
    }
  }

  return {
    proofs,
    busy,
    error,
    prove,
    proveByPasskey,
    proveByProvider: act === "unlock" ? proveByProvider : undefined,
    clear: () => setError(undefined),
  };
}
