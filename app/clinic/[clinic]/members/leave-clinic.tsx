"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./members.module.css";

/** Leaving the clinic by oneself. The last owner is told why they cannot. */
export function LeaveClinic() {
  const t = useTranslations("team");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [asking, setAsking] = useState(false);

  async function leave() {
    try {
      await client.membership.leave.mutate();
      window.location.assign("/connexion");
    } catch (error) {
      setAsking(false);
      toast({ message: say(error).message, tone: "danger" });
    }
  }

  return (
    <div className={classes.leave}>
      <Button variant="subtle" color="brique" onClick={() => setAsking(true)}>
        {t("leave")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("leaveTitle")}
        consequences={[t("leaveNow"), t("leaveHistory"), t("leaveBack")]}
        verb={t("leave")}
        danger
        onConfirm={leave}
      />
    </div>
  );
}
