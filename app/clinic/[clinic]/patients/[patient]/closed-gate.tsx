"use client";

import { useTranslations } from "next-intl";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import { BreakGlassForm } from "./break-glass.tsx";

/** The person closed their chart to this reader: nothing of them is shown, and in an emergency the way past is here. */
export function ClosedGate({ slug, patientId }: { slug: string; patientId: string }) {
  const t = useTranslations("chart.glass");
  return (
    <>
      <PageHead title={t("closedTitle")} context={<span>{t("closedLead")}</span>} />
      <PageBody width="text">
        <BreakGlassForm slug={slug} patientId={patientId} />
      </PageBody>
    </>
  );
}
