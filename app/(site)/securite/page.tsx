import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Article, ArticleSection } from "../_article/article.tsx";
import { readHost } from "../_frame/read-host.ts";
import { SitePage } from "../_frame/site-page.tsx";

const sections = ["sealed", "entry", "journal", "encryption", "browser", "report"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("legal.security");
  return { title: t("title"), description: t("lead"), robots: { index: true } };
}

export default async function SecurityPage() {
  const [host, t] = await Promise.all([readHost(), getTranslations("legal.security")]);
  return (
    <SitePage host={host}>
      <Article title={t("title")} lead={t("lead")}>
        {sections.map((section) => (
          <ArticleSection key={section} title={t(`${section}.title`)}>
            <p>{t(`${section}.text`)}</p>
            {section === "report" && host.contactEmail && (
              <p>
                {t.rich("report.contact", {
                  mail: () => <a href={`mailto:${host.contactEmail}`}>{host.contactEmail}</a>,
                })}
              </p>
            )}
          </ArticleSection>
        ))}
      </Article>
    </SitePage>
  );
}
