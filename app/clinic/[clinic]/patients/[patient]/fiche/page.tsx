import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { api } from "../../../../../_trpc/server.ts";
import { IdentityFile } from "./identity-file.tsx";

export async function generateMetadata(): Promise<Metadata> {
  // A title stays in the browser's history: it names nobody.
  const t = await getTranslations("patients.file");
  return { title: t("title") };
}

/** All that is known of who a patient is, and where it is changed. */
export default async function FilePage({ params }: { params: Promise<{ clinic: string; patient: string }> }) {
  const { clinic: slug, patient } = await params;
  const { membership, clinic } = await (await api(slug)).membership.me();
  return (
    <ClientMessages of={["patients"]}>
      <IdentityFile
        slug={slug}
        id={patient}
        timeZone={clinic.timeZone}
        mayWrite={membership.permissions.includes("patient:write")}
        mayMerge={membership.permissions.includes("patient:merge")}
      />
    </ClientMessages>
  );
}
