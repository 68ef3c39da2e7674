import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Article, ArticleSection } from "../_article/article.tsx";
import { readHost } from "../_frame/read-host.ts";
import { SitePage } from "../_frame/site-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("legal.source");
  return { title: t("title"), description: t("lead"), robots: { index: true } };
}

/** The licence's offer (AGPL-3.0, section 13): where the source of what runs here is, or whom to ask for it. */
export default async function SourcePage() {
  const [host, t] = await Promise.all([readHost(), getTranslations("legal.source")]);
  const mail = () => <a href={`mailto:${host.contactEmail}`}>{host.contactEmail}</a>;
  const settings = (chunks: ReactNode) => (
    <Link href="/host/reglages" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <SitePage host={host}>
      <Article title={t("title")} lead={t("lead")}>
        <ArticleSection title={t("where.title")}>
          {host.sourceUrl ? (
            <p>
              <a href={host.sourceUrl} rel="noreferrer">
                {host.sourceUrl}
              </a>
            </p>
          ) : (
            <p>{host.contactEmail ? t.rich("where.ask", { mail }) : t.rich("where.unsaid", { settings })}</p>
          )}
        </ArticleSection>
        <ArticleSection title={t("rights.title")}>
          <p>{t("rights.text")}</p>
        </ArticleSection>
      </Article>
    </SitePage>
  );
}
