import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../../_trpc/page-error.ts";
import { api } from "../../../../../_trpc/server.ts";
import { AllergyChips } from "../_summary/allergy-chips.tsx";
import { IdentityBar } from "../identity-bar.tsx";
import { Communications } from "./communications.tsx";

export async function generateMetadata(): Promise<Metadata> {
  // A title stays in the browser's history: it names nobody.
  const t = await getTranslations("sending.list");
  return { title: t("title") };
}

/** What left one chart, and how it fares. */
export default async function CommunicationsPage({ params }: { params: Promise<{ clinic: string; patient: string }> }) {
  const { clinic: slug, patient: patientId } = await params;
  const caller = await api(slug);
  const [{ membership, clinic }, chart] = await Promise.all([caller.membership.me(), open(caller, patientId)]);
  if (!membership.permissions.includes("document:file")) notFound();
  // A reason is asked for there first.
  if (chart.basis === null || chart.basis === "closed") redirect(`/clinic/${slug}/patients/${patientId}`);
  return (
    <ClientMessages of={["sending", "chart", "record"]}>
      <IdentityBar
        chart={chart}
        allergies={membership.permissions.includes("chart:read") && <AllergyChips patientId={patientId} />}
      />
      <Communications slug={slug} patientId={patientId} timeZone={clinic.timeZone} />
    </ClientMessages>
  );
}

async function open(caller: Awaited<ReturnType<typeof api>>, patientId: string) {
  try {
    return await caller.chart.open({ patientId });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code === "NotFound" || refusal?.code === "Invalid") notFound();
    throw error;
  }
}
