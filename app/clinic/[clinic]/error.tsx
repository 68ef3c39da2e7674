"use client";

import { useTranslations } from "next-intl";
import { ErrorPanel } from "../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../_ui/page-head/page-head.tsx";

/** One screen failed; the rail, the palette and the session go on. */
export default function ScreenError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("common.error");
  return (
    <>
      <PageHead title={t("pageTitle")} />
      <PageBody width="text">
        <ErrorPanel requestId={error.digest} onRetry={reset}>
          {t(error.digest ? "pageLead" : "pageLeadAlone")}
        </ErrorPanel>
      </PageBody>
    </>
  );
}
