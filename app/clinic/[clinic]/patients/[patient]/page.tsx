import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { id } from "#server/schema.ts";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../_trpc/page-error.ts";
import { api } from "../../../../_trpc/server.ts";
import { Chart } from "./chart.tsx";
import { readScreen } from "./read-screen.ts";
import { SeedQueries } from "./seed-queries.tsx";

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
  const [me, chart] = await Promise.all([caller.membership.me(), open(caller, patientId)]);
  const { permissions } = me.membership;
  const appointmentId = typeof visite === "string" && id.safeParse(visite).success ? visite : undefined;
  const seeds =
    chart.basis !== null && chart.basis !== "closed" && permissions.includes("chart:read")
      ? await readScreen(caller, { me, patientId, appointmentId })
      : undefined;
  return (
    <ClientMessages
      of={[
        "chart",
        "ground",
        "agenda",
        "recalls",
        "record",
        "notes",
        "documents",
        "medications",
        "letters",
        "sending",
        "vocabulary",
        "tasks",
        "discussions",
        "waitlist",
        "workspace",
      ]}
    >
      <SeedQueries patientId={patientId} appointmentId={appointmentId} seeds={seeds}>
        <Chart
          slug={slug}
          patientId={patientId}
          opened={chart}
          {...(appointmentId && { appointmentId })}
          mayFile={permissions.includes("document:file")}
          mayTask={permissions.includes("task:use")}
          mayPlan={permissions.includes("appointment:write")}
          mayRead={permissions.includes("chart:read")}
          mayPrepare={permissions.includes("chart:prepare")}
          clinicName={me.clinic.name}
          mayWrite={permissions.includes("chart:write")}
        />
      </SeedQueries>
    </ClientMessages>
  );
}

type Caller = Awaited<ReturnType<typeof api>>;

async function open(caller: Caller, patientId: string) {
  try {
    return await caller.chart.open({ patientId });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code === "NotFound" || refusal?.code === "Invalid") notFound();
    throw error;
  }
}
