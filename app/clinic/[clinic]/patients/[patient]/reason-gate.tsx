"use client";

import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ReasonForm } from "../../../../_ground/reason-form.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";

/** Nothing of the person is shown yet: why one opens this chart comes first. */
export function ReasonGate({ patientId, onSaid }: { patientId: string; onSaid: () => void }) {
  const t = useTranslations("ground");
  const router = useRouter();
  const { clinic: slug } = useParams<{ clinic: string }>();
  // A window that was opened on this chart, by a link, has no page of ours to come back to.
  function leave() {
    const { navigation } = window as { navigation?: { canGoBack: boolean } };
    if (navigation ? navigation.canGoBack : window.history.length > 1) router.back();
    else router.push(`/clinic/${slug}`);
  }
  return (
    <>
      <PageHead title={t("title")} />
      <PageBody width="text">
        <ReasonForm patientId={patientId} onSaid={onSaid} away={t("back")} onAway={leave} />
      </PageBody>
    </>
  );
}
