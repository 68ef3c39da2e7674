import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../../_trpc/page-error.ts";
import { api } from "../../../../../_trpc/server.ts";
import { AllergyChips } from "../_summary/allergy-chips.tsx";
import { IdentityBar } from "../identity-bar.tsx";
import { Growth } from "./growth.tsx";

export async function generateMetadata(): Promise<Metadata> {
  // A title stays in the browser's history: it names nobody.
  const t = await getTranslations("growth");
  return { title: t("title") };
}

/** A child's growth against the reference of this host, under the name of whose it is. */
export default async function GrowthPage({ params }: { params: Promise<{ clinic: string; patient: string }> }) {
  const { clinic: slug, patient: patientId } = await params;
  const caller = await api(slug);
  const [{ membership }, chart] = await Promise.all([caller.membership.me(), open(caller, patientId)]);
  // A chart that asks for a reason asks it on its own page.
  if (chart.basis === null || chart.basis === "closed" || !membership.permissions.includes("chart:read"))
    redirect(`/clinic/${slug}/patients/${patientId}`);
  const growth = await caller.growth.read({ patientId });
  return (
    <ClientMessages of={["chart", "growth", "record"]}>
      <IdentityBar chart={chart} allergies={<AllergyChips patientId={patientId} />} />
      <Growth slug={slug} patientId={patientId} growth={growth} />
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
