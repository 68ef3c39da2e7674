import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Messages } from "./messages.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("messages");
  return { title: t("title") };
}

/** What was and will be written to people about their visits, and what did not arrive. */
export default async function MessagesPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["messages", "sending"]}>
      <Messages
        slug={clinic.slug}
        timeZone={clinic.timeZone}
        mayAct={membership.permissions.includes("appointment:write")}
        maySend={membership.permissions.includes("document:file")}
        mayManage={membership.permissions.includes("reminder:manage")}
      />
    </ClientMessages>
  );
}
