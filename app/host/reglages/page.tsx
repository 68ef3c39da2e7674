import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HostFrame, operatorApi } from "../host-frame.tsx";
import { HostRecord } from "./host-record.tsx";
import { SettingsForm } from "./settings-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("host.settings");
  return { title: t("title") };
}

/** What the host says of itself, and who changed it. */
export default async function HostSettingsPage() {
  const [t, caller] = await Promise.all([getTranslations("host"), operatorApi()]);
  const settings = await caller.host.ownSettings();
  return (
    <HostFrame title={t("settings.title")} other={{ href: "/host", words: t("clinics") }}>
      <SettingsForm key={settings.version} settings={settings} />
      <HostRecord />
    </HostFrame>
  );
}
