import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Clinics } from "./clinics.tsx";
import { HostFrame, operatorApi } from "./host-frame.tsx";
import { Troubles } from "./troubles.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("host");
  return { title: t("title") };
}

/** The host's console: clinics to decide of, and what needs a person. */
export default async function HostPage() {
  const [t] = await Promise.all([getTranslations("host"), operatorApi()]);
  return (
    <HostFrame title={t("title")} other={{ href: "/host/reglages", words: t("settings.title") }}>
      <Clinics />
      <Troubles />
    </HostFrame>
  );
}
