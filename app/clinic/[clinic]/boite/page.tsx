import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { id } from "#server/schema.ts";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { api } from "../../../_trpc/server.ts";
import { Inbox } from "./inbox.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("documents");
  return { title: t("title") };
}

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<{ doc?: string | string[] }> };

/** What arrives, until it is filed and reviewed. */
export default async function InboxPage({ params, searchParams }: PageProps) {
  const [{ clinic: slug }, { doc }] = await Promise.all([params, searchParams]);
  const { membership, document } = await api(slug);
  const [me, waiting] = await Promise.all([membership.me(), document.count()]);
  const may = (permission: string) => me.membership.permissions.includes(permission as "chart:sign");
  const asked = id.safeParse(doc).data;
  const mayReview = may("chart:sign");
  return (
    <ClientMessages
      of={["documents", "record", "agenda", "tasks", "sending", "waitlist", "workspace", "vocabulary", "ground"]}
    >
      <Inbox
        mayReview={mayReview}
        mayFile={may("document:file")}
        first={!asked && mayReview && waiting.toReview > 0 ? "reviews" : "unfiled"}
        opened={asked}
      />
    </ClientMessages>
  );
}
