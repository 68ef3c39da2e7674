import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { FlowBoard } from "./flow-board.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agenda.board");
  return { title: t("title") };
}

/** Where everybody of the day stands, from the door to the end. */
export default async function FlowPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  const may = (permission: (typeof membership.permissions)[number]) => membership.permissions.includes(permission);
  return (
    <ClientMessages of={["agenda", "workspace"]}>
      <FlowBoard
        slug={clinic.slug}
        timeZone={clinic.timeZone}
        mayWrite={may("appointment:write")}
        mayForce={may("appointment:overbook")}
        mayRegister={may("patient:write")}
      />
    </ClientMessages>
  );
}
