import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { Terms } from "#server/clinic/terms.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { api } from "../../../_trpc/server.ts";
import { Article, ArticleSection } from "../../_article/article.tsx";
import { readHost } from "../../_frame/read-host.ts";
import { SitePage } from "../../_frame/site-page.tsx";
import classes from "./conditions.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("legal.terms");
  return { title: t("title"), robots: { index: true } };
}

/**
 * The terms that a clinic accepts, word for word as the agreement's fingerprint covers them. French comes first for
 * everyone (Charter of the French language, s. 55): a reader of English finds the English text under it.
 */
export default async function TermsPage() {
  const [host, t, locale, { signUp }] = await Promise.all([
    readHost(),
    getTranslations("legal.terms"),
    getLocale(),
    api(),
  ]);
  const french = await signUp.terms({ locale: "fr" });
  const english =
    languageOf(locale) === "en" ? await signUp.terms({ locale: "en", receipt: french.receipt }) : undefined;
  return (
    <SitePage host={host}>
      <Article
        title={t("title")}
        lead={english ? t("frenchFirst") : french.lead}
        about={english ? <a href="#english">{t("english")}</a> : <Fingerprint terms={french} />}
      >
        <TermsText terms={french} heading={english ? french.title : undefined} withLead={Boolean(english)} />
        {english && <TermsText terms={english} heading={english.title} withLead id="english" />}
      </Article>
    </SitePage>
  );
}

type TermsTextProps = { terms: Terms; heading?: string; withLead: boolean; id?: string };

function TermsText({ terms, heading, withLead, id }: TermsTextProps) {
  return (
    <div lang={terms.locale === "en" ? "en-CA" : "fr-CA"} id={id} className={heading ? classes.version : undefined}>
      {heading && <h2 className={classes.heading}>{heading}</h2>}
      {withLead && (
        <>
          <p>{terms.lead}</p>
          <p className={classes.fingerprint}>
            <Fingerprint terms={terms} />
          </p>
        </>
      )}
      {terms.sections.map(({ title, paragraphs }) => (
        <ArticleSection key={title} title={title} level={heading ? 3 : 2}>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </ArticleSection>
      ))}
    </div>
  );
}

async function Fingerprint({ terms }: { terms: Terms }) {
  const t = await getTranslations("legal.terms");
  return t.rich("version", { version: terms.version, hash: () => <code className={classes.hash}>{terms.hash}</code> });
}
