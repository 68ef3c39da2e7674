import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../../_i18n/client-messages.tsx";
import { refusalOf } from "../../../../../_trpc/page-error.ts";
import { api } from "../../../../../_trpc/server.ts";
import { LinkButton } from "../../../../../_ui/link-button/link-button.tsx";
import { PageBody } from "../../../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { Openings } from "../../../_privacy/openings.tsx";
import { AllergyChips } from "../_summary/allergy-chips.tsx";
import { IdentityBar } from "../identity-bar.tsx";
import { ChartRestrictions } from "./chart-restrictions.tsx";

export async function generateMetadata(): Promise<Metadata> {
  // A title stays in the browser's history: it names nobody.
  const t = await getTranslations("privacy");
  return { title: t("page") };
}

/** What a person closed and to whom, for whoever writes it down; who opened their chart, for the person in charge of privacy. */
export default async function AccessPage({ params }: { params: Promise<{ clinic: string; patient: string }> }) {
  const { clinic: slug, patient: patientId } = await params;
  const caller = await api(slug);
  const [{ membership, clinic }, chart, t] = await Promise.all([
    caller.membership.me(),
    open(caller, patientId),
    getTranslations("privacy"),
  ]);
  // A reason is asked for there first, and a way past what is closed.
  if (chart.basis === null || chart.basis === "closed") redirect(`/clinic/${slug}/patients/${patientId}`);
  if (!chart.maySeeAccess) notFound();
  return (
    <ClientMessages of={["privacy", "workspace", "chart", "ground", "waitlist", "record"]}>
      <IdentityBar
        chart={chart}
        allergies={membership.permissions.includes("chart:read") && <AllergyChips patientId={patientId} />}
      >
        <LinkButton href={`/clinic/${slug}/patients/${patientId}`} variant="default" size="compact-sm">
          {t("backToChart")}
        </LinkButton>
      </IdentityBar>
      <PageBody>
        {membership.permissions.includes("patient:restrict") && (
          <ChartRestrictions patientId={patientId} name={chart.patient.displayName} timeZone={clinic.timeZone} />
        )}
        {membership.permissions.includes("privacy:manage") && (
          <Section title={t("openings.title")} lead={t("openings.lead")}>
            <Openings slug={slug} timeZone={clinic.timeZone} label={t("openings.title")} patientId={patientId} />
          </Section>
        )}
      </PageBody>
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
