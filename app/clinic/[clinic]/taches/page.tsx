import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { id } from "#server/schema.ts";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Tasks } from "./tasks.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tasks");
  return { title: t("title") };
}

type PageProps = {
  params: Promise<{ clinic: string }>;
  searchParams: Promise<{ patient?: string | string[]; tache?: string | string[] }>;
};

/** What is to be done here, by whom and by when. */
export default async function TasksPage({ params, searchParams }: PageProps) {
  const [{ clinic: slug }, { patient, tache }] = await Promise.all([params, searchParams]);
  const { clinic, user, membership } = await (await api(slug)).membership.me();
  const anId = (text: string | string[] | undefined) => id.safeParse(text).data;
  return (
    <ClientMessages of={["tasks", "waitlist", "workspace", "vocabulary", "ground"]}>
      <Tasks
        clinicId={clinic.id}
        userId={user.id}
        patientId={anId(patient) ?? null}
        first={anId(tache)}
        mayManage={membership.permissions.includes("clinic:manage")}
      />
    </ClientMessages>
  );
}
