import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { OpenLink } from "./open-link.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sending.link");
  return { title: t("title"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

/** Where the mail of a document that was sent leads. What opens it stands behind the `#`: this page is the same for everybody, and says of nobody that they are a patient. */
export default async function SentPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic } = await params;
  return (
    <ClientMessages of={["sending"]}>
      <OpenLink slug={clinic} />
    </ClientMessages>
  );
}
