import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { languageOf } from "../../../_i18n/locale.ts";
import { linksOf } from "../../_page/links.ts";
import { PublicFrame } from "../../_page/public-frame.tsx";
import { readPublicPage } from "../../_page/read-public-page.ts";
import { Manage } from "./manage.tsx";

type Props = { params: Promise<{ clinic: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [page, t] = [await readPublicPage((await params).clinic), await getTranslations("booking.manage")];
  return { title: { absolute: `${t("title")} · ${page.name}` }, robots: { index: false, follow: false } };
}

/** One visit, to whoever has its link. What opens it stands behind the #, which no browser sends to anybody: this page alone is written here. */
export default async function ManagePage({ params }: Props) {
  const page = await readPublicPage((await params).clinic);
  const [language, messages] = [languageOf(await getLocale()), await getMessages()];
  const { booking, network, busy, limitReached, notFound, invalid, internal } = messages.errors;
  const links = linksOf(page.slug, language);
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <NextIntlClientProvider
        messages={{
          booking: messages.booking,
          vocabulary: { professions: messages.vocabulary.professions },
          errors: { booking, network, busy, limitReached, notFound, invalid, internal },
        }}
      >
        <Manage
          slug={page.slug}
          phone={page.phone ?? page.locations.find(({ phone }) => phone !== null)?.phone ?? null}
          homeHref={links.home}
          bookHref={links.book}
        />
      </NextIntlClientProvider>
    </PublicFrame>
  );
}
