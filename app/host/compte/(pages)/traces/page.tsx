import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TracesSection } from "../../../../_account/traces-section.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("places.traces") };
}

export default function TracesPage() {
  return <TracesSection />;
}
