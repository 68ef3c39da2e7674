import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { AskReset } from "./ask-reset.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.reset");
  return { title: t("title") };
}

/** Asks for a link to choose a new password. */
export default async function ResetPage({ searchParams }: { searchParams: Promise<{ courriel?: string }> }) {
  const { courriel } = await searchParams;
  return (
    <ClientMessages of={["signIn"]}>
      <AskReset email={(courriel ?? "").slice(0, 254)} />
    </ClientMessages>
  );
}
