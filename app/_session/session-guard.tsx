"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useTRPCClient } from "../_trpc/client.tsx";
import { LockOverlay } from "../_ui/lock/lock-overlay.tsx";
import { SignInAgain } from "../_ui/lock/sign-in-again.tsx";
import { callSignOut, type SignInRealm } from "./call-sign-in.ts";
import { ConfirmProof } from "./confirm-proof.tsx";
import { IdleWarning } from "./idle-warning.tsx";
import { askToSignIn, background, sessionGate } from "./session-gate.ts";
import { SignInSteps, type Step } from "./sign-in-steps.tsx";
import { Unlock } from "./unlock.tsx";
import { tellOtherTabs, useIdle } from "./use-idle.ts";

interface SessionGuardProps {
  /** Whose page this is: whoever else signs in on it gets a page of their own. */
  person: { id: string; displayName: string; email: string };
  realm?: SignInRealm;
  idleMinutes: number;
}

/**
 * Keeps the session of a page: warns before it sleeps, covers the page while it does, and asks to sign in again, or to
 * confirm, in place. The page beneath stays mounted with all that was typed; the calls that were refused go again.
 */
export function SessionGuard({ person, realm = "staff", idleMinutes }: SessionGuardProps) {
  const client = useTRPCClient();
  const reason = useSyncExternalStore(sessionGate.subscribe, sessionGate.reason, () => null);
  const [step, setStep] = useState<Step>("start");
  useEffect(() => sessionGate.watch(person.id), [person.id]);
  // Pages of whoever was here before cover themselves.
  useEffect(() => tellOtherTabs(), []);

  /** Asks without keeping awake; a refusal shows the right dialog by itself. */
  const look = useCallback(async () => {
    const state = await client.auth.session.state.query(undefined, background).catch(() => null);
    if (state?.locked) void sessionGate.ask("locked");
    // Another tab of this browser woke it, or signed in again.
    else if (state && sessionGate.reason() === "locked") sessionGate.settle(true);
  }, [client]);

  const touch = useCallback(async () => {
    await client.auth.session.touch.mutate().catch(() => undefined);
  }, [client]);
  const { warning, tellOthers } = useIdle({ idleMinutes, look, touch });

  const open = useCallback(async () => {
    const state = await client.auth.session.state.query(undefined, { context: { ungated: true } }).catch(() => null);
    if (state?.userId !== person.id) return window.location.reload();
    setStep("start");
    sessionGate.settle(true);
    tellOthers();
  }, [client, person.id, tellOthers]);

  return (
    <>
      <IdleWarning secondsLeft={reason ? null : warning} onStay={touch} />
      <LockOverlay
        locked={reason === "locked"}
        person={person.displayName}
        onSignOut={() =>
          callSignOut(realm).then(() => window.location.assign(realm === "host" ? "/host/connexion" : "/connexion"))
        }
      >
        <Unlock email={person.email} onUnlocked={open} onEnded={askToSignIn} />
      </LockOverlay>
      <SignInAgain open={reason === "unauthenticated"}>
        <StepTitle step={step} />
        <SignInSteps realm={realm} step={step} onStep={setStep} onOpened={open} knownEmail={person.email} />
      </SignInAgain>
      <ConfirmProof
        opened={reason === "confirm"}
        email={person.email}
        onDone={(proved) => sessionGate.settle(proved)}
      />
    </>
  );
}

/** Says which step this is, where no page's title does. */
function StepTitle({ step }: { step: Step }) {
  const t = useTranslations("signIn");
  if (step === "start") return null;
  return <h3>{t(`${step}.title`)}</h3>;
}
