import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { requestIdIn, type Told } from "../../../_session/told.ts";
import { CameBack } from "./came-back.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.cameBack");
  return { title: t("pageTitle") };
}

/** The tab in which somebody signed in again at their clinic's provider, to wake the session of another tab. */
export default async function CameBackPage({ searchParams }: { searchParams: Promise<Told> }) {
  const told = await searchParams;
  return (
    <ClientMessages of={["signIn"]}>
      <CameBack refusal={told.refus} requestId={requestIdIn(told)} />
    </ClientMessages>
  );
}
