"use client";

import { MultiSelect, Select, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RuleRecord } from "#server/reminder/record.ts";
import { addRuleInput, changeRuleInput, messageChannels } from "#server/reminder/schema.ts";
import { useTRPCClient } from "../../../../_trpc/client.tsx";
import { useToast } from "../../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../../_record/record-drawer.tsx";
import { useRecordForm } from "../../_record/use-record-form.ts";
import { useBefore } from "./use-before.ts";

interface RuleFormProps {
  /** Absent for a new one. */
  rule: RuleRecord | undefined;
  services: readonly { id: string; name: string }[];
  /** Text messages can leave. */
  texts: boolean;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Pick<RuleRecord, "channel" | "beforeMinutes" | "serviceIds" | "evenConfirmed" | "active">;

const choices = [60, 120, 240, 720, 1440, 2880, 4320, 7200, 10_080, 20_160];

/** One reminder: how long before, by what, for which visits. */
export function RuleForm({ rule, services, texts, onClose, onSaved }: RuleFormProps) {
  const t = useTranslations("messages");
  const before = useBefore();
  const client = useTRPCClient();
  const toast = useToast();
  const form = useRecordForm<Values>({
    draft: `reminder rule ${rule?.id ?? "new"}`,
    id: rule?.id,
    schema: rule ? changeRuleInput.omit({ id: true, version: true }) : addRuleInput.omit({ id: true }),
    start: rule ?? { channel: "email", beforeMinutes: 1440, serviceIds: [], evenConfirmed: false, active: true },
    version: rule?.version ?? 1,
    onSaved: () => {
      toast({ message: t("ruleSaved") });
      onSaved();
    },
    send: ({ channel, beforeMinutes, serviceIds, evenConfirmed, active }, version, id) => {
      const input = { id, channel, beforeMinutes, serviceIds: [...serviceIds], evenConfirmed, active };
      return rule ? client.reminder.changeRule.mutate({ ...input, version }) : client.reminder.addRule.mutate(input);
    },
  });
  const { values, set, errors } = form;
  const labels = {
    beforeMinutes: t("ruleWhen"),
    channel: t("channel"),
    serviceIds: t("services"),
    evenConfirmed: t("evenConfirmed"),
    active: t("ruleOn"),
  };
  const nameOf = (id: string) => services.find((one) => one.id === id)?.name ?? "";
  const show = (name: keyof Values, from: Values) => {
    if (name === "beforeMinutes") return before(from.beforeMinutes);
    if (name === "channel") return t(`channels.${from.channel}`);
    if (name === "serviceIds") return from.serviceIds.map(nameOf).join(", ") || t("everyService");
    return t(from[name] ? "yes" : "no");
  };
  const offered = messageChannels.filter((one) => one === "email" || texts || one === values.channel);
  const minutes = [...new Set([...choices, values.beforeMinutes])].sort((a, b) => a - b);

  return (
    <RecordDrawer
      title={rule ? before(rule.beforeMinutes) : t("addRule")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, show)}
    >
      <Select
        id="beforeMinutes"
        label={labels.beforeMinutes}
        description={t("ruleWhenHelp")}
        data-autofocus
        data={minutes.map((value) => ({ value: String(value), label: before(value) }))}
        value={String(values.beforeMinutes)}
        allowDeselect={false}
        error={errors.beforeMinutes}
        onChange={(value) => value && set({ beforeMinutes: Number(value) })}
      />
      {offered.length > 1 && (
        <Select
          id="channel"
          label={labels.channel}
          data={offered.map((value) => ({ value, label: t(`channels.${value}`) }))}
          value={values.channel}
          allowDeselect={false}
          error={errors.channel}
          onChange={(value) => value && set({ channel: value as Values["channel"] })}
        />
      )}
      {services.length > 0 && (
        <MultiSelect
          id="serviceIds"
          label={labels.serviceIds}
          placeholder={values.serviceIds.length === 0 ? t("everyService") : undefined}
          data={services.map(({ id, name }) => ({ value: id, label: name }))}
          value={[...values.serviceIds]}
          error={errors.serviceIds}
          searchable
          onChange={(serviceIds) => set({ serviceIds })}
        />
      )}
      <Switch
        id="evenConfirmed"
        label={labels.evenConfirmed}
        description={t("evenConfirmedHelp")}
        checked={values.evenConfirmed}
        onChange={(event) => set({ evenConfirmed: event.currentTarget.checked })}
      />
      {rule && (
        <Switch
          id="active"
          label={labels.active}
          description={t("ruleOnHelp")}
          checked={values.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
      )}
    </RecordDrawer>
  );
}
