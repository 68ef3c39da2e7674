import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { Unsigned } from "./unsigned.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notes");
  return { title: t("unsignedTitle") };
}

/** The notes that wait for this person's signature. */
export default async function UnsignedPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic } = await params;
  return (
    <ClientMessages of={["notes"]}>
      <Unsigned slug={clinic} />
    </ClientMessages>
  );
}
