"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { RequestNumber } from "../error-panel/error-panel.tsx";
import { MessagePage } from "../message-page/message-page.tsx";

/** A page that could not be rendered. The digest is what the server's log calls this failure. */
export function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("common");
  return (
    <MessagePage title={t("error.pageTitle")} lead={t(error.digest ? "error.pageLead" : "error.pageLeadAlone")}>
      {error.digest && <RequestNumber id={error.digest} />}
      <Button mt="md" onClick={reset}>
        {t("retry")}
      </Button>
    </MessagePage>
  );
}
