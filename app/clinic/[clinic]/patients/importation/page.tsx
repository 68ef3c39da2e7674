import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { Imports } from "./imports.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients.importing");
  return { title: t("title") };
}

/** Registers brought from other programs. */
export default async function ImportsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  return (
    <ClientMessages of={["patients"]}>
      <Imports slug={slug} />
    </ClientMessages>
  );
}
