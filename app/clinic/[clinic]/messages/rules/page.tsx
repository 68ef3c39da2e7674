import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { api } from "../../../../_trpc/server.ts";
import { LinkButton } from "../../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import { Rules } from "./rules.tsx";
import { Wording } from "./wording.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("messages");
  return { title: t("rulesTitle") };
}

/** When the clinic reminds, and in which words. */
export default async function RulesPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic } = await (await api(slug)).membership.me();
  const t = await getTranslations("messages");
  return (
    <ClientMessages of={["messages"]}>
      <PageHead title={t("rulesTitle")} context={<span>{t("rulesLead")}</span>}>
        <LinkButton href={`/clinic/${clinic.slug}/messages`} variant="default">
          {t("back")}
        </LinkButton>
      </PageHead>
      <PageBody>
        <Rules />
        <Wording />
      </PageBody>
    </ClientMessages>
  );
}
