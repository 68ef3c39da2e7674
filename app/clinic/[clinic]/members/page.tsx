import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Members } from "./members.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("team");
  return { title: t("title") };
}

/** Who works here, as what, and who has been asked to. */
export default async function MembersPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership, user } = await (await api(slug)).membership.me();
  const may = (permission: (typeof membership.permissions)[number]) => membership.permissions.includes(permission);
  return (
    <ClientMessages of={["team", "workspace"]}>
      <Members
        home={`/clinic/${clinic.slug}`}
        self={{ userId: user.id, role: membership.role }}
        mayManage={may("member:manage")}
        mayInvite={may("member:invite")}
        timeZone={clinic.timeZone}
      />
    </ClientMessages>
  );
}
