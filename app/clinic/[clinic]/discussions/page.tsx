import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { id } from "#server/schema.ts";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { Discussions } from "./discussions.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("discussions");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<{ patient?: string | string[]; fil?: string | string[] }> };

/** What staff write to each other about patients. Nothing of it leaves the clinic: what is sent is under Messages. */
export default async function DiscussionsPage({ searchParams }: PageProps) {
  const { patient, fil } = await searchParams;
  return (
    <ClientMessages of={["discussions", "tasks", "waitlist", "workspace", "vocabulary", "ground"]}>
      <Discussions patientId={id.safeParse(patient).data ?? null} first={id.safeParse(fil).data} />
    </ClientMessages>
  );
}
