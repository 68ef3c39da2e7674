import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Inbox } from "./inbox.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("documents");
  return { title: t("title") };
}

/** What arrives, until it is filed and reviewed. */
export default async function InboxPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, document } = await api(slug);
  const [me, waiting] = await Promise.all([membership.me(), document.count()]);
  const may = (permission: string) => me.membership.permissions.includes(permission as "chart:sign");
  const mayReview = may("chart:sign");
  return (
    <ClientMessages of={["documents", "agenda", "sending"]}>
      <Inbox
        mayReview={mayReview}
        mayFile={may("document:file")}
        first={mayReview && waiting.toReview > 0 ? "reviews" : "unfiled"}
      />
    </ClientMessages>
  );
}
