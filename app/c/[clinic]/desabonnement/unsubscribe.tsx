"use client";

import { Button } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { CardNote, CardPage } from "../../../_ui/frame/card-page.tsx";

/** One button that ends a clinic's mail to one address, and says that it did. */
export function Unsubscribe({ slug }: { slug: string }) {
  const t = useTranslations("unsubscribe");
  const client = useTRPCClient();
  const say = useErrorText();
  const [state, setState] = useState<"open" | "busy" | "done">("open");
  const [failure, setFailure] = useState<string>();

  async function end() {
    setState("busy");
    setFailure(undefined);
    try {
      await client.reminder.unsubscribe.mutate({ slug, token: window.location.hash.slice(1) });
      setState("done");
    } catch (error) {
      setFailure(say(error).message);
      setState("open");
    }
  }

  if (state === "done") {
    return (
      <CardPage title={t("doneTitle")} lead={t("doneLead")}>
        <CardNote icon={<IconInfoCircle />}>{t("doneNote")}</CardNote>
      </CardPage>
    );
  }
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      {failure && <ErrorPanel>{failure}</ErrorPanel>}
      <Button fullWidth loading={state === "busy"} onClick={() => void end()}>
        {t("end")}
      </Button>
      <CardNote icon={<IconInfoCircle />}>{t("note")}</CardNote>
    </CardPage>
  );
}
