import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { api } from "../../_trpc/server.ts";
import { Home } from "./_home/home.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** The workspace's first screen: what is left to prepare, and what stays closed until somebody decides. */
export default async function HomePage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic } = await api(slug);
  const [me, steps] = await Promise.all([membership.me(), clinic.onboarding()]);
  return (
    <ClientMessages of={["home"]}>
      <Home me={me} steps={steps} />
    </ClientMessages>
  );
}
