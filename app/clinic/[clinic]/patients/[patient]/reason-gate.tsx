"use client";

import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { NamedPerson } from "#server/chart/name-closed.ts";
import { ReasonForm } from "../../../../_ground/reason-form.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";

interface ReasonGateProps {
  patientId: string;
  /** Whose chart it is, to whoever a search would say it. */
  person: NamedPerson | null;
  onSaid: () => void;
}

/** Nothing of the chart is shown yet: why one opens it comes first, and whose it is, since many bear one name. */
export function ReasonGate({ patientId, person, onSaid }: ReasonGateProps) {
  const t = useTranslations("ground");
  const chart = useTranslations("chart");
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
        {person && (
          <p>
            <strong>{person.displayName}</strong>
            {" · "}
            {person.birthDate ? chart("born", { date: person.birthDate, sex: "unknown" }) : chart("birthUnsaid")}
            {" · "}
            {chart("file")} {person.fileNumber}
          </p>
        )}
        <ReasonForm patientId={patientId} onSaid={onSaid} away={t("back")} onAway={leave} />
      </PageBody>
    </>
  );
}
