import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { OneImport } from "./one-import.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients.importing");
  return { title: t("title") };
}

/** One file: what its columns say, what became of its lines. */
export default async function ImportPage({ params }: { params: Promise<{ clinic: string; import: string }> }) {
  const { clinic: slug, import: id } = await params;
  return (
    <ClientMessages of={["patients"]}>
      <OneImport slug={slug} id={id} />
    </ClientMessages>
  );
}
