import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { languageOf } from "../../_i18n/locale.ts";
import { refusalOf } from "../../_trpc/page-error.ts";
import { api } from "../../_trpc/server.ts";
import { noLinks } from "../../c/_page/links.ts";
import { PublicFrame } from "../../c/_page/public-frame.tsx";
import { PublicPage } from "../../c/_page/public-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("publicPage");
  return { title: t("preview") };
}

/** A clinic's page before it is published, for those who prepare it; to anybody else there is nothing here. */
export default async function PreviewPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const [page, t, language] = [
    await readPreview(slug),
    await getTranslations("clinicPage"),
    languageOf(await getLocale()),
  ];
  const { coverFileId } = page.content;
  const cover = coverFileId && `/api/clinic/${slug}/files/${coverFileId}`;
  return (
    <PublicFrame clinicName={page.name} links={noLinks} note={t("preview")}>
      <PublicPage page={page} links={noLinks} language={language} cover={cover} />
    </PublicFrame>
  );
}

async function readPreview(slug: string) {
  try {
    return await (await api(slug)).publicPage.preview();
  } catch (error) {
    // Whoever is not signed in, or may not prepare it, learns no more than a stranger.
    if (refusalOf(error)) notFound();
    throw error;
  }
}
