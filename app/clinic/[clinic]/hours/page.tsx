import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { todayIn } from "#server/patient/today.ts";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Hours } from "./hours.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("hours");
  return { title: t("title") };
}

/** When the clinic works: weeks, leave and closures, holidays, rooms, booking rules, and the visits that no longer fit. */
export default async function HoursPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic, membership } = await (await api(slug)).membership.me();
  const { permissions } = membership;
  return (
    <ClientMessages of={["hours"]}>
      <Hours
        today={todayIn(clinic.timeZone)}
        mayManage={permissions.includes("schedule:manage")}
        seesVisits={permissions.includes("appointment:read")}
      />
    </ClientMessages>
  );
}
