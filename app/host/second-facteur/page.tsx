import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readMyself } from "../../_account/read-myself.ts";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { localPath } from "../../_session/local-path.ts";
import { SecondFactorGate } from "../../compte/second-facteur/second-factor-gate.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.secondFactor");
  return { title: t("pageTitle") };
}

/** The console always asks for a second factor: pass it, or add one, then go on. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ suite?: string }> }) {
  const next = localPath((await searchParams).suite) ?? "/host";
  const me = await readMyself("host", "/host/second-facteur");
  return (
    <ClientMessages of={["signIn", "account"]}>
      <SecondFactorGate
        person={{ id: me.userId, displayName: me.displayName, email: me.email }}
        idleMinutes={me.idleMinutes}
        realm="host"
        next={next}
      />
    </ClientMessages>
  );
}
