import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Services } from "./services.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services");
  return { title: t("title") };
}

/** What the clinic offers, to whom, and how it is booked. */
export default async function ServicesPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["services", "vocabulary"]}>
      <Services mayManage={membership.permissions.includes("schedule:manage")} />
    </ClientMessages>
  );
}
