import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { Article } from "../_article/article.tsx";
import { readHost } from "../_frame/read-host.ts";
import { SitePage } from "../_frame/site-page.tsx";
import { ServiceState } from "./service-state.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("legal.status");
  return { title: t("title") };
}

export default async function StatusPage() {
  const [host, t] = await Promise.all([readHost(), getTranslations("legal.status")]);
  return (
    <SitePage host={host}>
      <Article title={t("title")} lead={t("lead")}>
        <noscript>
          <p>{t("script")}</p>
        </noscript>
        <ClientMessages of={["legal"]}>
          <ServiceState />
        </ClientMessages>
      </Article>
    </SitePage>
  );
}
