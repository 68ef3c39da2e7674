import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { languageOf } from "../../../_i18n/locale.ts";
import { api } from "../../../_trpc/server.ts";
import { linksOf } from "../../_page/links.ts";
import { PublicFrame } from "../../_page/public-frame.tsx";
import { orNothing, readPublicPage } from "../../_page/read-public-page.ts";
import { Booking } from "./booking.tsx";

type Props = {
  params: Promise<{ clinic: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [page, t] = [await readPublicPage((await params).clinic), await getTranslations("booking")];
  // Each visit to it is another: nothing for a search engine to keep.
  return { title: { absolute: `${t("title")} · ${page.name}` }, robots: { index: false, follow: false } };
}

/** Booking: the services are written by the server; from there on a browser does it. */
export default async function BookingPage({ params, searchParams }: Props) {
  const [{ clinic: slug }, query, locale] = [await params, await searchParams, await getLocale()];
  const page = await readPublicPage(slug);
  const caller = await api(page.slug, "visitor");
  const bookable = await orNothing(() => caller.booking.services());
  const messages = await getMessages();
  const {
    booking,
    waitlist,
    network,
    busy,
    limitReached,
    notFound,
    proofNeeded,
    codeWrong,
    codeSpent,
    invalid,
    required,
    patient,
    phone,
    internal,
  } = messages.errors;
  const language = languageOf(locale);
  const links = linksOf(page.slug, language);
  const asked = (name: string) => (typeof query[name] === "string" ? query[name] : null);
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <NextIntlClientProvider
        messages={{
          booking: messages.booking,
          vocabulary: { professions: messages.vocabulary.professions },
          errors: {
            booking,
            waitlist,
            network,
            busy,
            limitReached,
            notFound,
            proofNeeded,
            codeWrong,
            codeSpent,
            invalid,
            required,
            patient,
            phone,
            internal,
          },
        }}
      >
        <Booking
          slug={page.slug}
          clinicName={page.name}
          timeZone={page.timeZone}
          noticeVersion={page.noticeVersion}
          noticeHref={links.notice}
          bookHref={links.book}
          bookable={bookable}
          asked={{ service: asked("service"), practitioner: asked("soignant") }}
        />
      </NextIntlClientProvider>
    </PublicFrame>
  );
}
