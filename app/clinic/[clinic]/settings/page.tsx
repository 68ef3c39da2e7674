import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { CardSection } from "./card-section.tsx";
import { FactsSection } from "./facts-section.tsx";
import { LogoSection } from "./logo-section.tsx";
import { SecuritySection } from "./security-section.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

/** What the clinic says of itself, and how its people sign in. */
export default async function SettingsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic } = await api(slug);
  const [me, settings] = await Promise.all([membership.me(), clinic.read()]);
  const t = await getTranslations("settings");
  return (
    <ClientMessages of={["settings", "vocabulary"]}>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>} />
      <PageBody width="text">
        <CardSection card={settings.card} />
        <LogoSection slug={me.clinic.slug} fileId={settings.card.logoFileId} />
        {me.membership.permissions.includes("clinic:security") && <SecuritySection security={settings.security} />}
        <FactsSection card={settings.card} slug={me.clinic.slug} />
      </PageBody>
    </ClientMessages>
  );
}
