"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { PasskeysSection } from "../../_account/passkeys-section.tsx";
import { SecondFactorSection } from "../../_account/second-factor-section.tsx";
import { callSignOut, type SignInRealm } from "../../_session/call-sign-in.ts";
import { ProofForm } from "../../_session/proof-form.tsx";
import { SessionGuard } from "../../_session/session-guard.tsx";
import { useProof } from "../../_session/use-proof.ts";
import { TrpcProvider } from "../../_trpc/client.tsx";
import { CardPage } from "../../_ui/frame/card-page.tsx";
import { Toasts } from "../../_ui/toast/toasts.tsx";

interface GateProps {
  person: { id: string; displayName: string; email: string };
  idleMinutes: number;
  realm: SignInRealm;
  /** Where the person was going. */
  next: string;
}

/** The last step before a place that asks for a second factor. */
export function SecondFactorGate({ person, idleMinutes, realm, next }: GateProps) {
  const t = useTranslations("signIn.secondFactor");
  const entry = realm === "host" ? "/host/connexion" : "/connexion";
  return (
    <TrpcProvider realm={realm}>
      <SessionGuard person={person} realm={realm} idleMinutes={idleMinutes} />
      <CardPage title={t("title")} lead={t(realm === "host" ? "leadHost" : "lead")} wide>
        <PassOrEnrol email={person.email} next={next} entry={entry} />
        <Button
          variant="subtle"
          fullWidth
          mt="lg"
          onClick={() => callSignOut(realm).then(() => window.location.assign(entry))}
        >
          {t("later")}
        </Button>
      </CardPage>
      <Toasts />
    </TrpcProvider>
  );
}

/** Somebody who has a second factor passes it; somebody who has none adds one, here and now. */
function PassOrEnrol({ email, next, entry }: { email: string; next: string; entry: string }) {
  const t = useTranslations("signIn.secondFactor");
  const leave = useCallback(() => window.location.assign(entry), [entry]);
  const goOn = () => window.location.assign(next);
  const proof = useProof({ act: "passSecondFactor", onDone: goOn, onEnded: leave });
  if (proof.proofs && !proof.proofs.code && !proof.proofs.passkey) {
    return (
      <>
        <SecondFactorSection onEnabled={goOn} />
        <PasskeysSection onMade={goOn} />
      </>
    );
  }
  return <ProofForm proof={proof} email={email} verb={t("title")} ways={["code", "passkey"]} />;
}
