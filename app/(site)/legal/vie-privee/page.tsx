import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Article, ArticleSection } from "../../_article/article.tsx";
import { readHost } from "../../_frame/read-host.ts";
import { SitePage } from "../../_frame/site-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("legal.privacy");
  return { title: t("title"), description: t("lead"), robots: { index: true } };
}

export default async function PrivacyPage() {
  const [host, t] = await Promise.all([readHost(), getTranslations("legal.privacy")]);
  return (
    <SitePage host={host}>
      <Article title={t("title")} lead={t("lead")} about={t("about", { host: host.displayName })}>
        <ArticleSection title={t("visit.title")}>
          <p>{t("visit.text")}</p>
        </ArticleSection>
        <ArticleSection title={t("cookies.title")}>
          <p>{t("cookies.text")}</p>
          <ul>
            <li>{t("cookies.session")}</li>
            <li>{t("cookies.language")}</li>
            <li>{t("cookies.appearance")}</li>
          </ul>
        </ArticleSection>
        <ArticleSection title={t("account.title")}>
          <p>{t("account.text")}</p>
        </ArticleSection>
        <ArticleSection title={t("clinics.title")}>
          <p>{t("clinics.text")}</p>
        </ArticleSection>
        {host.sites.length > 0 && (
          <ArticleSection title={t("where.title")}>
            <p>{t("where.text")}</p>
            <ul>
              {host.sites.map(({ city, role }) => (
                <li key={`${city} ${role}`}>{t(`where.${role}`, { city })}</li>
              ))}
            </ul>
          </ArticleSection>
        )}
        <ArticleSection title={t("rights.title")}>
          <p>{t("rights.text")}</p>
          {host.contactEmail && (
            <p>
              {t.rich("rights.contact", {
                mail: () => <a href={`mailto:${host.contactEmail}`}>{host.contactEmail}</a>,
              })}
            </p>
          )}
        </ArticleSection>
      </Article>
    </SitePage>
  );
}
