import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Locations } from "./locations.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("locations");
  return { title: t("title") };
}

/** The places where the clinic receives people. */
export default async function LocationsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["locations", "vocabulary"]}>
      <Locations timeZone={clinic.timeZone} mayManage={membership.permissions.includes("location:manage")} />
    </ClientMessages>
  );
}
