"use client";

import { Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ProofForm } from "./proof-form.tsx";
import { askToSignIn } from "./session-gate.ts";
import { useProof } from "./use-proof.ts";

interface ConfirmProofProps {
  opened: boolean;
  email: string;
  /** @param proved false when the person gave up: the act is then not done. */
  onDone: (proved: boolean) => void;
}

/** Asks who is there before a dangerous act, in place; the act then goes on by itself. */
export function ConfirmProof({ opened, email, onDone }: ConfirmProofProps) {
  const t = useTranslations("signIn.confirm");
  return (
    <Modal opened={opened} onClose={() => onDone(false)} title={t("title")} size={420} zIndex={500}>
      <p>{t("lead")}</p>
      <Body email={email} onProved={() => onDone(true)} />
    </Modal>
  );
}

function Body({ email, onProved }: { email: string; onProved: () => void }) {
  const t = useTranslations("signIn.confirm");
  const proof = useProof({ act: "confirm", onDone: onProved, onEnded: askToSignIn });
  return <ProofForm proof={proof} email={email} verb={t("verb")} />;
}
