import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { languageOf } from "../../_i18n/locale.ts";
import { linksOf } from "../_page/links.ts";
import { pageMetadata } from "../_page/page-metadata.ts";
import { PublicFrame } from "../_page/public-frame.tsx";
import { PublicPage } from "../_page/public-page.tsx";
import { readPublicPage } from "../_page/read-public-page.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return pageMetadata(await readPublicPage((await params).clinic));
}

/** A clinic before everybody: who it is, when it is open, what it gives and when there is a place. */
export default async function ClinicPage({ params }: PageProps) {
  const page = await readPublicPage((await params).clinic);
  const language = languageOf(await getLocale());
  const links = linksOf(page.slug, language);
  const { coverFileId } = page.content;
  const cover = coverFileId && `/api/c/${page.slug}/cover/${coverFileId}`;
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <PublicPage page={page} links={links} language={language} cover={cover} />
    </PublicFrame>
  );
}
