import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { languageOf } from "../../../_i18n/locale.ts";
import { api } from "../../../_trpc/server.ts";
import classes from "../../_page/article.module.css";
import { linksOf } from "../../_page/links.ts";
import { pageMetadata } from "../../_page/page-metadata.ts";
import { PublicFrame } from "../../_page/public-frame.tsx";
import { orNothing, readPublicPage } from "../../_page/read-public-page.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [page, t] = [await readPublicPage((await params).clinic), await getTranslations("clinicPage")];
  return pageMetadata(page, "/renseignements", t("notice"));
}

/** What is collected of whoever books, why, for how long, and their rights (AC-11). */
export default async function NoticePage({ params }: PageProps) {
  const { clinic: slug } = await params;
  const page = await readPublicPage(slug);
  const notice = await orNothing(async () => (await api(slug, "visitor")).publicPage.notice());
  const [t, language] = [await getTranslations("clinicPage"), languageOf(await getLocale())];
  const links = linksOf(page.slug, language);
  const { officer } = page;
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <article className={classes.article}>
        <a href={links.home} className={classes.back}>
          {t("backToClinic", { clinic: page.name })}
        </a>
        <h1 className={classes.title}>{notice.title}</h1>
        <p className={classes.lead}>{notice.lead}</p>
        <p className={classes.facts}>{t("noticeVersion", { version: notice.version, clinic: page.name })}</p>
        {notice.sections.map(({ title, paragraphs }) => (
          <section key={title} className={classes.section}>
            <h2 className={classes.heading}>{title}</h2>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
        <section className={classes.section}>
          <h2 className={classes.heading}>{t("information")}</h2>
          <p>
            {officer.title
              ? t("officerTitled", { name: officer.name, title: officer.title.toLocaleLowerCase(language) })
              : t("officer", { name: officer.name })}
          </p>
          {officer.email && (
            <p>
              <a href={`mailto:${officer.email}`}>{officer.email}</a>
            </p>
          )}
          {officer.phone && (
            <p>
              <a href={officer.phone.href} className="cv-nowrap">
                {officer.phone.text}
              </a>
            </p>
          )}
        </section>
      </article>
    </PublicFrame>
  );
}
