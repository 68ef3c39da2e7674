import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { languageOf } from "../../../_i18n/locale.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import classes from "../../_page/article.module.css";
import { linksOf } from "../../_page/links.ts";
import { pageMetadata } from "../../_page/page-metadata.ts";
import { PublicFrame } from "../../_page/public-frame.tsx";
import { readPublicPage } from "../../_page/read-public-page.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [page, t] = [await readPublicPage((await params).clinic), await getTranslations("clinicPage")];
  return { ...(await pageMetadata(page, "/deplacer", t("moveTitle"))), robots: { index: false } };
}

/** Where one's own visit is changed: by the link that was sent. Nobody is asked who they are here, and nothing says who has a visit. */
export default async function MovePage({ params }: PageProps) {
  const page = await readPublicPage((await params).clinic);
  const [t, language] = [await getTranslations("clinicPage"), languageOf(await getLocale())];
  const links = linksOf(page.slug, language);
  const phone = page.phone ?? page.locations.find((location) => location.phone)?.phone;
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <article className={classes.article}>
        <a href={links.home} className={classes.back}>
          {t("backToClinic", { clinic: page.name })}
        </a>
        <h1 className={classes.title}>{t("moveTitle")}</h1>
        <p className={classes.lead}>{t("moveText")}</p>
        <p className={classes.facts}>{t("moveLost")}</p>
        <div className={classes.acts}>
          {phone && (
            <a href={phone.href} className={button.secondary}>
              {t("moveCall")} <span className="cv-nowrap">{phone.text}</span>
            </a>
          )}
          {page.email && (
            <a href={`mailto:${page.email}`} className={button.secondary}>
              {t("moveWrite")}
            </a>
          )}
        </div>
      </article>
    </PublicFrame>
  );
}
