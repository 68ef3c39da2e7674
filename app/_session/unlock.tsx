"use client";

import { useTranslations } from "next-intl";
import { ProofForm } from "./proof-form.tsx";
import { useProof } from "./use-proof.ts";

interface UnlockProps {
  email: string;
  onUnlocked: () => void;
  onEnded: () => void;
}

/** The way back into a session that sleeps. */
export function Unlock({ email, onUnlocked, onEnded }: UnlockProps) {
  const t = useTranslations("signIn");
  const proof = useProof({ act: "unlock", onDone: onUnlocked, onEnded });
  return <ProofForm proof={proof} email={email} verb={t("unlock.verb")} />;
}
