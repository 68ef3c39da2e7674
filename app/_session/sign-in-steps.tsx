"use client";

import { useState } from "react";
import type { SignInRealm } from "./call-sign-in.ts";
import { CodeStep } from "./code-step.tsx";
import { PasswordStep } from "./password-step.tsx";
import { StartStep } from "./start-step.tsx";

export type Step = "start" | "password" | "code" | "recovery";

interface SignInStepsProps {
  realm: SignInRealm;
  step: Step;
  onStep: (step: Step) => void;
  /** A session is open: its cookie is already there. */
  onOpened: () => void;
  /** Whose session it was, when signing in again in place. */
  knownEmail?: string;
}

/** The steps of signing in, without a frame: the sign-in page and the dialog that signs in again in place share them. */
export function SignInSteps({ realm, step, onStep, onOpened, knownEmail = "" }: SignInStepsProps) {
  const [email, setEmail] = useState(knownEmail);
  if (step === "start") {
    return (
      <StartStep
        realm={realm}
        email={email}
        onEmail={(typed) => {
          setEmail(typed);
          onStep("password");
        }}
        onOpened={onOpened}
      />
    );
  }
  if (step === "password") {
    return (
      <PasswordStep
        realm={realm}
        email={email}
        onChangeEmail={() => onStep("start")}
        onOpened={onOpened}
        onSecondFactor={() => onStep("code")}
      />
    );
  }
  return (
    <CodeStep
      realm={realm}
      recovery={step === "recovery"}
      onSwitch={() => onStep(step === "recovery" ? "code" : "recovery")}
      onExpired={() => onStep("start")}
      onOpened={onOpened}
    />
  );
}
