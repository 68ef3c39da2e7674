import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Journal } from "./journal.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("journal");
  return { title: t("title") };
}

/** The clinic's journal for those who may read it; one's own gestures for everyone. */
export default async function JournalPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["journal", "workspace"]}>
      <Journal
        slug={clinic.slug}
        timeZone={clinic.timeZone}
        mayReadAll={membership.permissions.includes("audit:read")}
        mayExport={membership.permissions.includes("audit:export")}
      />
    </ClientMessages>
  );
}
