import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { localPath } from "../../_session/local-path.ts";
import { api } from "../../_trpc/server.ts";
import { ClinicChoice } from "./clinic-choice.tsx";
import { SignInCard } from "./sign-in-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("pageTitle") };
}

/** Signs in; somebody who already is goes on to where they were going, or to their clinics. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<{ suite?: string }> }) {
  const next = localPath((await searchParams).suite);
  const clinics = await myClinics();
  if (!clinics) {
    return (
      <ClientMessages of={["signIn"]}>
        <SignInCard next={next ?? "/connexion"} />
      </ClientMessages>
    );
  }
  if (next) redirect(next);
  const [only] = clinics;
  if (only && clinics.length === 1) redirect(`/clinic/${only.slug}`);
  return (
    <ClientMessages of={["signIn"]}>
      <ClinicChoice clinics={clinics} />
    </ClientMessages>
  );
}

/** The clinics of whoever is signed in, or null when nobody is, or their session sleeps. */
async function myClinics() {
  const caller = await api();
  return caller.membership.mine().catch((error: { code?: string }) => {
    if (error.code === "UNAUTHORIZED") return null;
    throw error;
  });
}
