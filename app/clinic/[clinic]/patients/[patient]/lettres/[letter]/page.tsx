import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../../../_trpc/page-error.ts";
import { api } from "../../../../../../_trpc/server.ts";
import { LetterPage } from "./letter-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("letters");
  return { title: t("page") };
}

/** One letter or request: written, previewed and signed; then read, corrected, printed. */
export default async function Page({
  params,
}: {
  params: Promise<{ clinic: string; patient: string; letter: string }>;
}) {
  const { clinic: slug, patient: patientId, letter: id } = await params;
  const caller = await api(slug);
  const [{ membership, user }, chart] = await Promise.all([
    caller.membership.me(),
    found(() => caller.chart.open({ patientId })),
  ]);
  // A chart that asks for a reason asks it on its own page.
  if (chart.basis === null || chart.basis === "closed" || !membership.permissions.includes("chart:read"))
    redirect(`/clinic/${slug}/patients/${patientId}`);
  const letter = await found(() => caller.letter.read({ id }));
  if (letter.patientId !== patientId) notFound();
  return (
    <ClientMessages of={["chart", "record", "letters", "sending", "notes", "documents", "vocabulary"]}>
      <LetterPage
        slug={slug}
        chart={chart}
        first={letter}
        userId={user.id}
        mayWrite={membership.permissions.includes("chart:write")}
        maySign={membership.permissions.includes("chart:sign")}
      />
    </ClientMessages>
  );
}

async function found<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code === "NotFound" || refusal?.code === "Invalid") notFound();
    throw error;
  }
}
