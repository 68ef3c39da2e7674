import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Integrations } from "./integrations.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("integrations");
  return { title: t("title") };
}

/** What leaves this installation, to whom and what for (AC-05, AC-10). */
export default async function IntegrationsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  if (!membership.permissions.includes("integration:list")) notFound();
  return (
    <ClientMessages of={["integrations", "sending"]}>
      <Integrations
        mayManage={membership.permissions.includes("integration:manage")}
        // Whoever reads it came from one of these two.
        back={membership.permissions.includes("clinic:manage") ? "settings" : "privacy"}
        slug={slug}
      />
    </ClientMessages>
  );
}
