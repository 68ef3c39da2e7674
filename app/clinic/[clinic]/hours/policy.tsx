"use client";

import { Button, NumberInput, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { PolicyRecord } from "#server/schedule/policy/record.ts";
import { policyCard } from "#server/schedule/policy/schema.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { MinuteInput } from "../../../_ui/minute-input/minute-input.tsx";
import { sayMinute } from "../../../_ui/minute-input/wall-time.ts";
import { SkeletonForm } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import record from "../_record/record.module.css";
import { RecordFields } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./hours.module.css";

/** How the clinic books, for every service at once. */
export function Policy({ mayManage }: { mayManage: boolean }) {
  const say = useErrorText();
  const trpc = useTRPC();
  const policy = useQuery(trpc.schedule.policy.queryOptions());
  if (policy.isError)
    return (
      <ErrorPanel requestId={say(policy.error).requestId} onRetry={() => void policy.refetch()}>
        {say(policy.error).message}
      </ErrorPanel>
    );
  if (!policy.data) return <SkeletonForm />;
  return <PolicyForm policy={policy.data} mayManage={mayManage} onSaved={() => void policy.refetch()} />;
}

const names = [
  "holdMinutes",
  "waitLimitMinutes",
  "offerMinutes",
  "waitlistAutomatic",
  "quietFromMinute",
  "quietUntilMinute",
  "requestDays",
] as const;
type Values = Pick<PolicyRecord, (typeof names)[number]>;

function PolicyForm({ policy, mayManage, onSaved }: { policy: PolicyRecord; mayManage: boolean; onSaved: () => void }) {
  const t = useTranslations("hours.policy");
  const language = languageOf(useLocale());
  const client = useTRPCClient();
  const toast = useToast();
  const form = useRecordForm<Values>({
    draft: "booking policy",
    schema: policyCard,
    start: Object.fromEntries(names.map((name) => [name, policy[name]])) as unknown as Values,
    version: policy.version,
    send: (values, version) => client.schedule.changePolicy.mutate({ ...values, version }),
    onSaved: () => {
      toast({ message: t("saved") });
      onSaved();
    },
  });
  const { values, set, errors } = form;
  const labels = Object.fromEntries(names.map((name) => [name, t(name)])) as Record<(typeof names)[number], string>;
  const show = (name: keyof Values, from: Values) => {
    if (name === "waitlistAutomatic") return t(from.waitlistAutomatic ? "yes" : "no");
    if (name === "requestDays") return t("days", { count: from.requestDays });
    return name.startsWith("quiet") ? sayMinute(Number(from[name]), language) : `${from[name]}\u00a0min`;
  };
  const minutes = (name: "holdMinutes" | "waitLimitMinutes" | "offerMinutes") => ({
    id: name,
    label: labels[name],
    description: t(`${name}Help`),
    value: values[name],
    error: errors[name],
    disabled: !mayManage,
    suffix: "\u00a0min",
    min: 0,
    onChange: (value: string | number) => set({ [name]: value === "" ? null : Number(value) }),
  });
  const time = (name: "quietFromMinute" | "quietUntilMinute") => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    disabled: !mayManage,
    onChange: (minute: number) => set({ [name]: minute }),
  });

  return (
    <div className={classes.form}>
      <RecordFields labels={labels} form={form} differences={form.differences(labels, show)}>
        <NumberInput {...minutes("holdMinutes")} />
        <NumberInput {...minutes("waitLimitMinutes")} />
        <NumberInput {...minutes("offerMinutes")} />
        <Switch
          id="waitlistAutomatic"
          label={labels.waitlistAutomatic}
          description={t("waitlistAutomaticHelp")}
          checked={values.waitlistAutomatic}
          disabled={!mayManage}
          onChange={(event) => set({ waitlistAutomatic: event.currentTarget.checked })}
        />
        <div className={record.pair}>
          <MinuteInput {...time("quietFromMinute")} />
          <MinuteInput {...time("quietUntilMinute")} />
        </div>
        <p className={record.note}>{t("quietHelp")}</p>
        <NumberInput
          id="requestDays"
          label={labels.requestDays}
          description={t("requestDaysHelp")}
          value={values.requestDays}
          error={errors.requestDays}
          disabled={!mayManage}
          suffix={t("daysSuffix")}
          min={0}
          onChange={(value) => set({ requestDays: value === "" ? undefined : Number(value) })}
        />
        {mayManage && (
          <div className={record.acts}>
            <Button type="submit" loading={form.busy}>
              {t("save")}
            </Button>
          </div>
        )}
      </RecordFields>
    </div>
  );
}
