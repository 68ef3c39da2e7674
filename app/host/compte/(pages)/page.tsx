import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmailSection } from "../../../_account/email-section.tsx";
import { ProfileSection } from "../../../_account/profile-section.tsx";
import { readMyself } from "../../../_account/read-myself.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default async function ProfilePage() {
  const { displayName, email, locale } = await readMyself("host", "/host/compte");
  return (
    <>
      <ProfileSection displayName={displayName} locale={locale} />
      <EmailSection email={email} />
    </>
  );
}
