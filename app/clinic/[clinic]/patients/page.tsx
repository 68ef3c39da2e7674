import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Patients } from "./patients.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients");
  return { title: t("title") };
}

/** The clinic's register of patients. */
export default async function PatientsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["patients"]}>
      <Patients
        slug={slug}
        mayWrite={membership.permissions.includes("patient:write")}
        mayImport={membership.permissions.includes("patient:import")}
      />
    </ClientMessages>
  );
}
