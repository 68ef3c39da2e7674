"use client";

import { Button, Select, Switch } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ClinicSecurity } from "#server/clinic/read-clinic.ts";
import { changeSecurityInput } from "#server/clinic/settings-schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordFields } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

const delays = [5, 10, 15, 30, 60] as const;
type Values = Pick<ClinicSecurity, "requireSecondFactor" | "idleMinutes">;

/** How people sign in here; it acts on everybody's next call. */
export function SecuritySection({ security }: { security: ClinicSecurity }) {
  const t = useTranslations("settings.security");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const { requireSecondFactor, idleMinutes } = security;
  const form = useRecordForm<Values>({
    draft: "security",
    schema: changeSecurityInput.omit({ version: true }),
    start: { requireSecondFactor, idleMinutes },
    version: security.version,
    send: (values, version) => client.clinic.changeSecurity.mutate({ ...values, version }),
    onSaved: () => {
      toast({ message: t("saved") });
      router.refresh();
    },
  });
  const { values, set, errors } = form;
  const labels = { requireSecondFactor: t("requireSecondFactor"), idleMinutes: t("idle") };
  const show = (name: keyof Values, from: Values) =>
    name === "idleMinutes" ? t("minutes", { minutes: from.idleMinutes }) : t(from.requireSecondFactor ? "yes" : "no");

  const choices = [...new Set([...delays, values.idleMinutes])].sort((a, b) => a - b);
  return (
    <Section title={t("title")} lead={t("lead")}>
      <RecordFields labels={labels} form={form} differences={form.differences(labels, show)}>
        <Switch
          id="requireSecondFactor"
          label={labels.requireSecondFactor}
          description={t("requireSecondFactorHelp")}
          checked={values.requireSecondFactor}
          onChange={(event) => set({ requireSecondFactor: event.currentTarget.checked })}
        />
        <Select
          id="idleMinutes"
          label={labels.idleMinutes}
          description={t("idleHelp")}
          data={choices.map((minutes) => ({ value: String(minutes), label: t("minutes", { minutes }) }))}
          value={String(values.idleMinutes)}
          onChange={(minutes) => minutes && set({ idleMinutes: Number(minutes) })}
          error={errors.idleMinutes}
          maw={280}
        />
        <div className={classes.acts}>
          <Button type="submit" loading={form.busy}>
            {t("save")}
          </Button>
        </div>
      </RecordFields>
    </Section>
  );
}
