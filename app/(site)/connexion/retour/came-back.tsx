"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { JourneyNotice } from "../../../_session/journey-notice.tsx";
import { tellOtherTabs } from "../../../_session/use-idle.ts";
import { CardPage } from "../../../_ui/frame/card-page.tsx";

/** Tells the tab that sleeps, then leaves; a browser that keeps this tab open reads what to do with it. */
export function CameBack({ refusal, requestId }: { refusal?: string; requestId?: string }) {
  const t = useTranslations("signIn.cameBack");
  useEffect(() => {
    if (refusal) return;
    tellOtherTabs();
    window.close();
  }, [refusal]);
  return (
    <CardPage title={t(refusal ? "refusedTitle" : "title")} lead={t(refusal ? "refusedLead" : "lead")}>
      {refusal && <JourneyNotice refusal={refusal} requestId={requestId} />}
      <Button fullWidth onClick={() => window.close()}>
        {t("close")}
      </Button>
    </CardPage>
  );
}
