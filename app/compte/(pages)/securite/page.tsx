import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrganizationsSection } from "../../../_account/organizations-section.tsx";
import { PasskeysSection } from "../../../_account/passkeys-section.tsx";
import { PasswordSection } from "../../../_account/password-section.tsx";
import { readMyself } from "../../../_account/read-myself.ts";
import { SecondFactorSection } from "../../../_account/second-factor-section.tsx";
import { requestIdIn, type Told } from "../../../_session/told.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("places.security") };
}

export default async function SecurityPage({ searchParams }: { searchParams: Promise<Told & { lien?: string }> }) {
  const told = await searchParams;
  const { displayName, email } = await readMyself("staff", "/compte/securite");
  return (
    <>
      <PasskeysSection />
      <SecondFactorSection />
      <OrganizationsSection linked={told.lien === "fait"} refusal={told.refus} requestId={requestIdIn(told)} />
      <PasswordSection email={email} displayName={displayName} />
    </>
  );
}
