import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { TrpcProvider } from "../../../_trpc/client.tsx";
import { Unsubscribe } from "./unsubscribe.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("unsubscribe");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

/** Where a mail's way out leads. Its token stands behind the `#`: the page is the same for everybody, and opening it ends nothing. */
export default async function UnsubscribePage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic } = await params;
  return (
    <ClientMessages of={["unsubscribe"]}>
      <TrpcProvider>
        <Unsubscribe slug={clinic} />
      </TrpcProvider>
    </ClientMessages>
  );
}
