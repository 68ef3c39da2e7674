import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readMyself } from "../../_account/read-myself.ts";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { localPath } from "../../_session/local-path.ts";
import { SecondFactorGate } from "./second-factor-gate.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.secondFactor");
  return { title: t("pageTitle") };
}

/** A clinic asks for a second factor that this session has not passed: pass it, or add one, then go on. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ suite?: string }> }) {
  const next = localPath((await searchParams).suite) ?? "/connexion";
  const me = await readMyself("staff", "/compte/second-facteur");
  return (
    <ClientMessages of={["signIn", "account"]}>
      <SecondFactorGate
        person={{ id: me.userId, displayName: me.displayName, email: me.email }}
        idleMinutes={me.idleMinutes}
        realm="staff"
        next={next}
      />
    </ClientMessages>
  );
}
