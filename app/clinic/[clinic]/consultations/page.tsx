import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { DeskReferrals } from "./desk-referrals.tsx";
import { Referrals } from "./referrals.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("letters");
  return { title: t("worklist") };
}

/** The clinic's requests for a consultation, and those that nobody has answered in time. */
export default async function ReferralsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["letters", "sending", "ground"]}>
      {membership.permissions.includes("chart:read") ? (
        <Referrals mayWrite={membership.permissions.includes("chart:write")} />
      ) : (
        <DeskReferrals timeZone={clinic.timeZone} />
      )}
    </ClientMessages>
  );
}
