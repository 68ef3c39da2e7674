import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import QRCode from "qrcode";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api, runtime } from "../../../_trpc/server.ts";
import { PageDesk } from "./page-desk.tsx";
import { readHostContact } from "./read-host-contact.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("publicPage");
  return { title: t("title") };
}

/** What the clinic shows to everybody: written, looked at, published, shared. */
export default async function PublicPageDesk({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { publicPage } = await api(slug);
  const [view, contact] = [await publicPage.draft(), await readHostContact()];
  const address = `${runtime().origin}/c/${slug}`;
  // Drawn here: what draws it is never sent to a browser.
  const qr = await QRCode.toString(address, { type: "svg", margin: 2, errorCorrectionLevel: "M" });
  return (
    <ClientMessages of={["publicPage", "settings"]}>
      <PageDesk
        slug={slug}
        view={view}
        address={address}
        qr={`data:image/svg+xml;base64,${Buffer.from(qr).toString("base64")}`}
        hostContact={contact}
      />
    </ClientMessages>
  );
}
