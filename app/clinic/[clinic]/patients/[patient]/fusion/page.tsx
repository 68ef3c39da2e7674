import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { Merge } from "./merge.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients.merge");
  return { title: t("title") };
}

/** Two records side by side, and which of them stays. */
export default async function MergePage({ params }: { params: Promise<{ clinic: string; patient: string }> }) {
  const { clinic: slug, patient } = await params;
  return (
    <ClientMessages of={["patients", "waitlist"]}>
      <Merge slug={slug} id={patient} />
    </ClientMessages>
  );
}
