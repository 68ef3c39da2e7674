import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Models } from "./models.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("models");
  return { title: t("title") };
}

/** Templates of notes and letters, and smart phrases: one's own, the clinic's, and those that come with Chevet. */
export default async function ModelsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["models", "letters", "notes", "vocabulary"]}>
      <Models mayWrite={membership.permissions.includes("chart:write")} />
    </ClientMessages>
  );
}
