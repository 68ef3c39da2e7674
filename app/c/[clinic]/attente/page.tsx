import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { languageOf } from "../../../_i18n/locale.ts";
import { linksOf } from "../../_page/links.ts";
import { PublicFrame } from "../../_page/public-frame.tsx";
import { readPublicPage } from "../../_page/read-public-page.ts";
import { LeaveList } from "./leave-list.tsx";

type Props = { params: Promise<{ clinic: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [page, t] = [await readPublicPage((await params).clinic), await getTranslations("leaveList")];
  return { title: { absolute: `${t("title")} · ${page.name}` }, robots: { index: false, follow: false } };
}

/** The way off the waiting list, to whoever has the link of the mail that said that they are on it; what opens it stands behind the #. */
export default async function LeaveListPage({ params }: Props) {
  const page = await readPublicPage((await params).clinic);
  const [language, messages] = [languageOf(await getLocale()), await getMessages()];
  const { network, busy, limitReached, notFound, invalid, internal } = messages.errors;
  const links = linksOf(page.slug, language);
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <NextIntlClientProvider
        messages={{
          leaveList: messages.leaveList,
          errors: { network, busy, limitReached, notFound, invalid, internal },
        }}
      >
        <LeaveList
          slug={page.slug}
          phone={page.phone ?? page.locations.find(({ phone }) => phone !== null)?.phone ?? null}
          homeHref={links.home}
        />
      </NextIntlClientProvider>
    </PublicFrame>
  );
}
