import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../../_trpc/page-error.ts";
import { api } from "../../../../../_trpc/server.ts";
import { AllergyChips } from "../_summary/allergy-chips.tsx";
import { IdentityBar } from "../identity-bar.tsx";
import { ChartDocuments } from "./chart-documents.tsx";
import classes from "./documents-page.module.css";

export async function generateMetadata(): Promise<Metadata> {
  // A title stays in the browser's history: it names nobody.
  const t = await getTranslations("documents");
  return { title: t("card.title") };
}

type PageProps = {
  params: Promise<{ clinic: string; patient: string }>;
  searchParams: Promise<{ doc?: string | string[] }>;
};

/** The documents of one chart, under the name of whose they are. */
export default async function ChartDocumentsPage({ params, searchParams }: PageProps) {
  const [{ clinic: slug, patient: patientId }, { doc }] = await Promise.all([params, searchParams]);
  const caller = await api(slug);
  const [{ membership }, chart] = await Promise.all([caller.membership.me(), open(caller, patientId)]);
  // A reason is asked for there first.
  if (chart.basis === null || chart.basis === "closed") redirect(`/clinic/${slug}/patients/${patientId}`);
  return (
    <ClientMessages
      of={[
        "documents",
        "agenda",
        "chart",
        "tasks",
        "sending",
        "waitlist",
        "workspace",
        "vocabulary",
        "record",
        "ground",
      ]}
    >
      <div className={classes.page}>
        <IdentityBar
          chart={chart}
          allergies={membership.permissions.includes("chart:read") && <AllergyChips patientId={patientId} />}
        />
        <ChartDocuments
          key={typeof doc === "string" ? doc : ""}
          patientId={patientId}
          first={typeof doc === "string" ? doc : undefined}
          mayReview={membership.permissions.includes("chart:sign")}
          mayFile={membership.permissions.includes("document:file")}
        />
      </div>
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
