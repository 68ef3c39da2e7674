import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { api } from "../../../../_trpc/server.ts";
import { Registration } from "./registration.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients.form");
  return { title: t("new") };
}

/** A new patient, with the look-alikes beside. */
export default async function RegistrationPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { clinic } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["patients"]}>
      <Registration slug={slug} timeZone={clinic.timeZone} />
    </ClientMessages>
  );
}
