import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { id } from "#server/schema.ts";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../_trpc/page-error.ts";
import { api } from "../../../../_trpc/server.ts";
import { Chart } from "./chart.tsx";

export async function generateMetadata(): Promise<Metadata> {
  // A title stays in the browser's history: it names nobody.
  const t = await getTranslations("chart");
  return { title: t("title") };
}

/** One patient's chart, for whoever gives care; for the front desk, who it is and when they come. */
export default async function ChartPage({
  params,
  searchParams,
}: {
  params: Promise<{ clinic: string; patient: string }>;
  searchParams: Promise<{ visite?: string | string[] }>;
}) {
  const [{ clinic: slug, patient: patientId }, { visite }] = await Promise.all([params, searchParams]);
  const caller = await api(slug);
  const [{ membership }, chart] = await Promise.all([caller.membership.me(), open(caller, patientId)]);
  return (
    <ClientMessages
      of={["chart", "agenda", "recalls", "record", "notes", "documents", "medications", "sending", "vocabulary"]}
    >
      <Chart
        slug={slug}
        patientId={patientId}
        opened={chart}
        {...(typeof visite === "string" && id.safeParse(visite).success && { appointmentId: visite })}
        mayFile={membership.permissions.includes("document:file")}
        mayPlan={membership.permissions.includes("appointment:write")}
        mayRead={membership.permissions.includes("chart:read")}
        mayWrite={membership.permissions.includes("chart:write")}
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
