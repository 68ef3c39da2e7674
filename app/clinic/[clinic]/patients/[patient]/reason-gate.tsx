"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ReasonForm } from "../../../../_ground/reason-form.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";

/** Nothing of the person is shown yet: why one opens this chart comes first. */
export function ReasonGate({ patientId, onSaid }: { patientId: string; onSaid: () => void }) {
  const t = useTranslations("ground");
  const router = useRouter();
  return (
    <>
      <PageHead title={t("title")} />
      <PageBody width="text">
        <ReasonForm patientId={patientId} onSaid={onSaid} away={t("back")} onAway={() => router.back()} />
      </PageBody>
    </>
  );
}
