import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../_i18n/client-messages.tsx";
import { TrpcProvider } from "../_trpc/client.tsx";
import { api } from "../_trpc/server.ts";
import { Invitation } from "./invitation.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invitation");
  return { title: t("pageTitle") };
}

/** Where the link of an invitation leads. Its token stands behind the `#`, so this page is the same for everybody until a script reads it. */
export default async function InvitationPage() {
  const caller = await api();
  const person = await caller.signUp.person().catch(() => null);
  return (
    <ClientMessages of={["invitation", "workspace"]}>
      <TrpcProvider>
        <Invitation person={person} />
      </TrpcProvider>
    </ClientMessages>
  );
}
