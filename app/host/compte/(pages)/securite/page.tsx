import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PasskeysSection } from "../../../../_account/passkeys-section.tsx";
import { PasswordSection } from "../../../../_account/password-section.tsx";
import { readMyself } from "../../../../_account/read-myself.ts";
import { SecondFactorSection } from "../../../../_account/second-factor-section.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("places.security") };
}

export default async function SecurityPage() {
  const { displayName, email } = await readMyself("host", "/host/compte/securite");
  return (
    <>
      <PasskeysSection />
      <SecondFactorSection />
      <PasswordSection email={email} displayName={displayName} />
    </>
  );
}
