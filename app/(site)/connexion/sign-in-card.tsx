"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SignInSteps, type Step } from "../../_session/sign-in-steps.tsx";
import { TrpcProvider } from "../../_trpc/client.tsx";
import { CardPage } from "../../_ui/frame/card-page.tsx";
import { StepNotes } from "./step-notes.tsx";

/** Signing in as staff: a passkey first, then e-mail, password and code, each alone on the card. */
export function SignInCard({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const [step, setStep] = useState<Step>("start");
  return (
    <CardPage title={t(`${step}.title`)} lead={t(`${step}.lead`)} foot={<StepNotes step={step} />}>
      {/* A whole load: nothing that was rendered for somebody else, or for nobody, stays in the page's memory. */}
      <TrpcProvider>
        <SignInSteps realm="staff" step={step} onStep={setStep} onOpened={() => window.location.assign(next)} />
      </TrpcProvider>
    </CardPage>
  );
}
