"use client";

import { Button, Select, Switch } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ClinicSettings } from "#server/clinic/read-clinic.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";

const delays = [5, 10, 15, 30, 60] as const;

/** How people sign in here; it acts on everybody's next call. */
export function SecuritySection({ security }: { security: ClinicSettings["security"] }) {
  const t = useTranslations("settings.security");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [values, setValues] = useState(security);
  const [busy, setBusy] = useState(false);

  async function save() {
    if (busy) return;
    setBusy(true);
    try {
      const { version } = await client.clinic.changeSecurity.mutate({ ...values, version: security.version });
      setValues((before) => ({ ...before, version }));
      toast({ message: t("saved") });
      router.refresh();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    } finally {
      setBusy(false);
    }
  }

  const choices = [...new Set([...delays, values.idleMinutes])].sort((a, b) => a - b);
  return (
    <Section title={t("title")} lead={t("lead")}>
      <div className={classes.form}>
        <Switch
          label={t("requireSecondFactor")}
          description={t("requireSecondFactorHelp")}
          checked={values.requireSecondFactor}
          onChange={(event) => {
            const requireSecondFactor = event.currentTarget.checked;
            setValues((before) => ({ ...before, requireSecondFactor }));
          }}
        />
        <Select
          label={t("idle")}
          description={t("idleHelp")}
          data={choices.map((minutes) => ({ value: String(minutes), label: t("minutes", { minutes }) }))}
          value={String(values.idleMinutes)}
          onChange={(idleMinutes) =>
            idleMinutes && setValues((before) => ({ ...before, idleMinutes: Number(idleMinutes) }))
          }
          maw={280}
        />
        <div className={classes.acts}>
          <Button onClick={() => void save()} loading={busy}>
            {t("save")}
          </Button>
        </div>
      </div>
    </Section>
  );
}
