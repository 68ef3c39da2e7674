import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { WaitingList } from "./waiting-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("waitlist");
  return { title: t("title") };
}

/** The times that came free, and who waits for one. */
export default async function WaitingListPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["waitlist"]}>
      <WaitingList
        mayWrite={membership.permissions.includes("appointment:write")}
        maySetRule={membership.permissions.includes("schedule:manage")}
      />
    </ClientMessages>
  );
}
