import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Requests } from "./requests.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("title") };
}

/** Who booked on the public page, and whose record that is. */
export default async function RequestsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["requests", "agenda"]}>
      <Requests slug={clinic.slug} mayRegister={membership.permissions.includes("patient:write")} />
    </ClientMessages>
  );
}
