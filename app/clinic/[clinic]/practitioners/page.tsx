import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Practitioners } from "./practitioners.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("practitioners");
  return { title: t("title") };
}

/** The people who give care here. */
export default async function PractitionersPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["practitioners", "calendars", "vocabulary"]}>
      <Practitioners
        slug={clinic.slug}
        mayManage={membership.permissions.includes("practitioner:manage")}
        mayShare={membership.permissions.includes("schedule:manage")}
      />
    </ClientMessages>
  );
}
