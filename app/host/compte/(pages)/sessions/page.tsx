import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SessionsSection } from "../../../../_account/sessions-section.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("places.sessions") };
}

export default function SessionsPage() {
  return <SessionsSection />;
}
