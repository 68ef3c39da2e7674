"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SignInRealm } from "../../_session/call-sign-in.ts";
import { SignInSteps, type Step } from "../../_session/sign-in-steps.tsx";
import { TrpcProvider } from "../../_trpc/client.tsx";
import { CardPage } from "../../_ui/frame/card-page.tsx";
import { StepNotes } from "./step-notes.tsx";

/** Signing in: a passkey first, then e-mail, password and code, each alone on the card. */
export function SignInCard({ next, realm = "staff" }: { next: string; realm?: SignInRealm }) {
  const t = useTranslations("signIn");
  const [step, setStep] = useState<Step>("start");
  const isHost = realm === "host" && step === "start";
  return (
    <CardPage
      title={t(`${step}.title`)}
      lead={t(isHost ? "start.leadHost" : `${step}.lead`)}
      foot={isHost ? undefined : <StepNotes step={step} />}
    >
      {/* A whole load: nothing that was rendered for somebody else, or for nobody, stays in the page's memory. */}
      <TrpcProvider realm={realm}>
        <SignInSteps realm={realm} step={step} onStep={setStep} onOpened={() => window.location.assign(next)} />
      </TrpcProvider>
    </CardPage>
  );
}
