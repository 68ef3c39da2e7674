import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { LawSection } from "./law-section.tsx";
import { Restrictions } from "./restrictions.tsx";
import { ReviewQueue } from "./review-queue.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("privacy");
  return { title: t("title") };
}

/** What the person in charge of privacy watches over: what was opened in an emergency, restrictions that hold, law and retention. */
export default async function PrivacyPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic } = await api(slug);
  const me = await membership.me();
  if (!me.membership.permissions.includes("privacy:manage")) notFound();
  const [law, t] = await Promise.all([clinic.law(), getTranslations("privacy")]);
  return (
    <ClientMessages of={["privacy", "workspace", "vocabulary"]}>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        <LinkButton href={`/clinic/${me.clinic.slug}/privacy/ouvertures`} variant="default">
          {t("allOpenings")}
        </LinkButton>
        <LinkButton href={`/clinic/${me.clinic.slug}/privacy/registre`} variant="default">
          {t("register")}
        </LinkButton>
        <LinkButton href={`/clinic/${me.clinic.slug}/integrations`} variant="default">
          {t("integrations")}
        </LinkButton>
      </PageHead>
      <PageBody>
        <ReviewQueue timeZone={me.clinic.timeZone} />
        <Restrictions />
        <LawSection key={law.version} law={law} />
      </PageBody>
    </ClientMessages>
  );
}
