import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { api } from "../../../../_trpc/server.ts";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import { Openings } from "../../_privacy/openings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("privacy.openings");
  return { title: t("allTitle") };
}

/** Who opened which chart in the whole clinic, and whom one person opened, for the person in charge of privacy. */
export default async function OpeningsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic } = await (await api(slug)).membership.me();
  if (!membership.permissions.includes("privacy:manage")) notFound();
  const t = await getTranslations("privacy.openings");
  return (
    <ClientMessages of={["privacy", "workspace", "chart", "ground", "waitlist"]}>
      <PageHead title={t("allTitle")} context={<span>{t("lead")}</span>} />
      <PageBody>
        <Openings slug={clinic.slug} timeZone={clinic.timeZone} label={t("allTitle")} />
      </PageBody>
    </ClientMessages>
  );
}
