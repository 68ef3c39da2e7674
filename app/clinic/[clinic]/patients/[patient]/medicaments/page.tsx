import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../../_trpc/page-error.ts";
import { api } from "../../../../../_trpc/server.ts";
import { Medications } from "./medications.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("medications");
  return { title: t("page") };
}

/** What a patient takes, renewed many at once, prescribed, signed and printed. */
export default async function MedicationsPage({ params }: { params: Promise<{ clinic: string; patient: string }> }) {
  const { clinic: slug, patient: patientId } = await params;
  const caller = await api(slug);
  const [{ membership, clinic }, chart] = await Promise.all([caller.membership.me(), open(caller, patientId)]);
  // A chart that asks for a reason asks it on its own page.
  if (chart.basis === null || chart.basis === "closed" || !membership.permissions.includes("chart:read"))
    redirect(`/clinic/${slug}/patients/${patientId}`);
  return (
    <ClientMessages of={["chart", "record", "medications", "vocabulary", "sending", "tasks", "waitlist", "workspace"]}>
      <Medications
        slug={slug}
        chart={chart}
        clinicName={clinic.name}
        mayWrite={membership.permissions.includes("chart:write")}
        mayPrepare={membership.permissions.includes("chart:prepare")}
      />
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
