import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Directory } from "./directory.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("directory");
  return { title: t("title") };
}

/** Doctors, pharmacies and establishments that the clinic deals with, and the letters sent to each. */
export default async function DirectoryPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["directory", "letters", "ground"]}>
      <Directory
        mayWrite={membership.permissions.includes("patient:write")}
        mayRead={membership.permissions.includes("chart:read")}
      />
    </ClientMessages>
  );
}
