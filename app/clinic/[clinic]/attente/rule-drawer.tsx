"use client";

import { NumberInput, Radio, Select, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RuleRecord } from "#server/waitlist/rule-record.ts";
import { changeRuleInput, type WaitlistRule, waitlistRules } from "#server/waitlist/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

const spans = [15, 30, 60, 120, 240, 720, 1440, 2880];

type Values = Pick<RuleRecord, "automatic" | "rule" | "batch" | "offerMinutes">;

/** Who is asked first, how many at once, for how long, and whether somebody confirms. */
export function RuleDrawer({ rule, onClose, onSaved }: { rule: RuleRecord; onClose: () => void; onSaved: () => void }) {
  const t = useTranslations("waitlist");
  const client = useTRPCClient();
  const toast = useToast();
  const { automatic, batch, offerMinutes } = rule;
  const form = useRecordForm<Values>({
    draft: "waitlist rule",
    schema: changeRuleInput.omit({ version: true }),
    start: { automatic, rule: rule.rule, batch, offerMinutes },
    version: rule.version ?? 0,
    onSaved: () => {
      toast({ message: t("ruleSaved") });
      onSaved();
    },
    send: (values, version) =>
      client.waitlist.changeRule.mutate({ ...values, version: version === 0 ? null : version }),
  });
  const { values, set, errors } = form;
  const labels = {
    rule: t("ruleOrder"),
    batch: t("batch"),
    offerMinutes: t("offerMinutes"),
    automatic: t("automatic"),
  };
  const span = (minutes: number) =>
    minutes < 60
      ? t("minutes", { count: minutes })
      : minutes < 1440
        ? t("hours", { count: minutes / 60 })
        : t("wholeDays", { count: minutes / 1440 });
  const choices = spans.includes(values.offerMinutes) ? spans : [...spans, values.offerMinutes].sort((a, b) => a - b);
  const show = (name: keyof Values, from: Values) => {
    if (name === "rule") return t(`rules.${from.rule}`);
    if (name === "offerMinutes") return span(from.offerMinutes);
    return name === "automatic" ? t(from.automatic ? "yes" : "no") : String(from.batch);
  };
  return (
    <RecordDrawer
      title={t("rule")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, show)}
    >
      <Radio.Group label={labels.rule} value={values.rule} onChange={(next) => set({ rule: next as WaitlistRule })}>
        {waitlistRules.map((one) => (
          <Radio key={one} value={one} label={t(`rules.${one}`)} description={t(`ruleHelp.${one}`)} mt="xs" />
        ))}
      </Radio.Group>
      <NumberInput
        id="batch"
        label={labels.batch}
        description={t("batchHelp")}
        value={values.batch}
        error={errors.batch}
        min={1}
        max={20}
        onChange={(next) => set({ batch: Number(next) })}
      />
      <Select
        id="offerMinutes"
        label={labels.offerMinutes}
        description={t("offerMinutesHelp")}
        data={choices.map((minutes) => ({ value: String(minutes), label: span(minutes) }))}
        value={String(values.offerMinutes)}
        onChange={(next) => next && set({ offerMinutes: Number(next) })}
        allowDeselect={false}
      />
      <Switch
        id="automatic"
        label={labels.automatic}
        description={t("automaticHelp")}
        checked={values.automatic}
        onChange={(event) => set({ automatic: event.currentTarget.checked })}
      />
    </RecordDrawer>
  );
}
