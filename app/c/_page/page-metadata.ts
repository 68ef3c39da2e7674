import "server-only";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { PageView } from "#server/public-page/compose-page.ts";
import { languageOf } from "../../_i18n/locale.ts";
import { runtime } from "../../_trpc/server.ts";

/** What a search engine, and whoever is sent a link, is told of a page of the clinic's. @param path after `/c/<slug>` */
export async function pageMetadata(page: PageView, path = "", title?: string, about?: string): Promise<Metadata> {
  const [locale, t] = [await getLocale(), await getTranslations("clinicPage")];
  const english = languageOf(locale) === "en";
  const { welcomeFr, welcomeEn } = page.content;
  const words = about || (english && welcomeEn) || welcomeFr || t("description", { clinic: page.name });
  const description = words.replaceAll(/\s+/g, " ").slice(0, 200);
  const whole = title ? `${title} · ${page.name}` : page.name;
  const address = `/c/${page.slug}${path}`;
  const url = english ? `${address}?lang=en` : address;
  return {
    metadataBase: new URL(runtime().origin),
    title: { absolute: whole },
    description,
    robots: { index: true, follow: true },
    alternates: { canonical: url, languages: { "fr-CA": address, "en-CA": `${address}?lang=en` } },
    openGraph: {
      type: "website",
      title: whole,
      description,
      url,
      siteName: page.name,
      locale: english ? "en_CA" : "fr_CA",
      ...(page.content.coverFileId && { images: [`/api/c/${page.slug}/cover/${page.content.coverFileId}`] }),
    },
  };
}
