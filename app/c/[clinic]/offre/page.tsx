import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { languageOf } from "../../../_i18n/locale.ts";
import { linksOf } from "../../_page/links.ts";
import { PublicFrame } from "../../_page/public-frame.tsx";
import { readPublicPage } from "../../_page/read-public-page.ts";
import { Offer } from "./offer.tsx";

type Props = { params: Promise<{ clinic: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [page, t] = [await readPublicPage((await params).clinic), await getTranslations("offer")];
  return { title: { absolute: `${t("title")} · ${page.name}` }, robots: { index: false, follow: false } };
}

/** A time that came free, to whoever has the link of an offer; what opens it stands behind the #. */
export default async function OfferPage({ params }: Props) {
  const page = await readPublicPage((await params).clinic);
  const [language, messages] = [languageOf(await getLocale()), await getMessages()];
  const { offer, network, busy, limitReached, notFound, invalid, internal } = messages.errors;
  const links = linksOf(page.slug, language);
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <NextIntlClientProvider
        messages={{
          offer: messages.offer,
          errors: { offer, network, busy, limitReached, notFound, invalid, internal },
        }}
      >
        <Offer
          slug={page.slug}
          phone={page.phone ?? page.locations.find(({ phone }) => phone !== null)?.phone ?? null}
          homeHref={links.home}
        />
      </NextIntlClientProvider>
    </PublicFrame>
  );
}
