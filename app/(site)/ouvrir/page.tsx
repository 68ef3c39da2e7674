import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { TrpcProvider } from "../../_trpc/client.tsx";
import { api, runtime } from "../../_trpc/server.ts";
import { SignUp } from "./sign-up.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signUp");
  return { title: t("pageTitle"), description: t("pageDescription"), robots: { index: true, follow: true } };
}

export default async function SignUpPage() {
  const caller = await api();
  const [terms, host, person] = await Promise.all([
    caller.signUp.terms({ locale: "fr" }),
    caller.host.settings(),
    // Nobody signed in, or a session that sleeps: the page is then the one for newcomers.
    caller.signUp.person().catch(() => null),
  ]);
  const prefix = `${new URL(runtime().origin).host}/c/`;
  return (
    <ClientMessages of={["signUp", "vocabulary"]}>
      <TrpcProvider>
        <SignUp frenchTerms={terms} host={host} person={person} prefix={prefix} />
      </TrpcProvider>
    </ClientMessages>
  );
}
