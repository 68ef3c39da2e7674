import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api, runtime } from "../../../_trpc/server.ts";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { AddressSection } from "./address-section.tsx";
import { CardSection } from "./card-section.tsx";
import { FactsSection } from "./facts-section.tsx";
import { LogoSection } from "./logo-section.tsx";
import { ProviderSection } from "./provider-section.tsx";
import { SecuritySection } from "./security-section.tsx";
import { WordsSection } from "./words-section.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

/** What the clinic says of itself, and how its people sign in. */
export default async function SettingsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic } = await api(slug);
  const [me, settings, address] = await Promise.all([membership.me(), clinic.read(), clinic.address()]);
  const t = await getTranslations("settings");
  const may = (permission: (typeof me.membership.permissions)[number]) =>
    me.membership.permissions.includes(permission);
  return (
    <ClientMessages of={["settings", "vocabulary"]}>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {may("integration:list") && (
          <LinkButton href={`/clinic/${me.clinic.slug}/integrations`} variant="default">
            {t("integrations")}
          </LinkButton>
        )}
      </PageHead>
      <PageBody width="text">
        <CardSection card={settings.card} />
        <AddressSection
          key={address.version}
          address={address}
          card={settings.card}
          prefix={`${new URL(runtime().origin).host}/c/`}
        />
        <LogoSection slug={me.clinic.slug} fileId={settings.card.logoFileId} />
        {may("clinic:security") && (
          <>
            <SecuritySection security={settings.security} />
            <OwnProvider slug={slug} />
          </>
        )}
        <WordsSection />
        <FactsSection card={settings.card} />
      </PageBody>
    </ClientMessages>
  );
}

/** For whoever administers the clinic's sign-in: nobody else may read it. */
async function OwnProvider({ slug }: { slug: string }) {
  const { integration } = await api(slug);
  const [settings, register] = await Promise.all([integration.provider.read(), integration.list()]);
  const known = register.find(({ code }) => code === "oidc");
  return (
    known && (
      <div id="provider">
        <ProviderSection settings={settings} integration={known} />
      </div>
    )
  );
}
