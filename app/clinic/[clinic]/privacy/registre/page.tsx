import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { api } from "../../../../_trpc/server.ts";
import { Register } from "./register.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sending.register");
  return { title: t("title") };
}

/** The clinic's register of communications, for the person in charge of privacy. */
export default async function RegisterPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership } = await api(slug);
  const me = await membership.me();
  if (!me.membership.permissions.includes("privacy:manage")) notFound();
  return (
    <ClientMessages of={["sending"]}>
      <Register slug={me.clinic.slug} timeZone={me.clinic.timeZone} />
    </ClientMessages>
  );
}
