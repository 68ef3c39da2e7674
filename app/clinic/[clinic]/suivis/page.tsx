import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Recalls } from "./recalls.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recalls");
  return { title: t("title") };
}

/** Who is to be seen again, and what was tried to reach them. */
export default async function RecallsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["recalls", "waitlist"]}>
      <Recalls mayWrite={membership.permissions.includes("appointment:write")} />
    </ClientMessages>
  );
}
