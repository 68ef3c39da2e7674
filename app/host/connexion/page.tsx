import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { localPath } from "../../_session/local-path.ts";
import { refusalOf } from "../../_trpc/page-error.ts";
import { api } from "../../_trpc/server.ts";
import { SignInCard } from "../../(site)/connexion/sign-in-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("pageTitle") };
}

/** Signs an operator in: a realm, a cookie and a secret of its own. */
export default async function HostSignInPage({ searchParams }: { searchParams: Promise<{ suite?: string }> }) {
  const next = localPath((await searchParams).suite) ?? "/host/compte/securite";
  if (await isSignedIn()) redirect(next);
  return (
    <ClientMessages of={["signIn"]}>
      <SignInCard realm="host" next={next} />
    </ClientMessages>
  );
}

async function isSignedIn(): Promise<boolean> {
  try {
    return !(await (await api(undefined, "host")).auth.session.state()).locked;
  } catch (error) {
    if (refusalOf(error)) return false;
    throw error;
  }
}
