import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Agenda } from "./agenda.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agenda");
  return { title: t("title") };
}

/** What is when, with whom: the agenda of the clinic, read by the browser as it moves from day to day. */
export default async function AgendaPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership, user } = await (await api(slug)).membership.me();
  const may = (permission: (typeof membership.permissions)[number]) => membership.permissions.includes(permission);
  return (
    <ClientMessages of={["agenda", "workspace", "tasks", "waitlist", "vocabulary"]}>
      <Agenda
        clinicId={clinic.id}
        userId={user.id}
        timeZone={clinic.timeZone}
        rights={{
          write: may("appointment:write"),
          overbook: may("appointment:overbook"),
          register: may("patient:write"),
          readPatients: may("patient:read"),
        }}
      />
    </ClientMessages>
  );
}
