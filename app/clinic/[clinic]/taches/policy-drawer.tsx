"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { keyOfRecipient, type Recipient, recipientOf } from "#server/membership/recipient-schema.ts";
import type { TaskPolicyView } from "#server/task/read-task-policy.ts";
import { changeTaskPolicyInput } from "#server/task/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { useRecipients } from "../_tasks/use-recipients.ts";

/** After how long an unopened task is told to somebody else, and to whom. */
export function PolicyDrawer({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const policy = useQuery({ ...trpc.task.policy.queryOptions(), staleTime: 0 });
  return policy.data && !policy.isFetching ? <Fields policy={policy.data} onClose={onClose} /> : null;
}

function Fields({ policy, onClose }: { policy: TaskPolicyView; onClose: () => void }) {
  const t = useTranslations("tasks");
  const client = useTRPCClient();
  const toast = useToast();
  const recipients = useRecipients();
  const form = useRecordForm<{ escalateAfterDays: number; escalatesTo: Recipient | string | null }>({
    draft: "task-policy",
    id: "task-policy",
    schema: changeTaskPolicyInput.omit({ version: true }),
    start: {
      escalateAfterDays: policy.escalateAfterDays,
      escalatesTo: (policy.escalatesTo && recipientOf(policy.escalatesTo)) || null,
    },
    version: policy.version,
    send: ({ escalateAfterDays, escalatesTo }, version) =>
      client.task.changePolicy.mutate({ escalateAfterDays, escalatesTo: asRecipient(escalatesTo), version }),
    onSaved: () => {
      toast({ message: t("policySaved") });
      onClose();
    },
  });
  const { values, set, errors } = form;
  const labels = { escalateAfterDays: t("escalateAfter"), escalatesTo: t("escalateTo") };
  const key = asKey(values.escalatesTo);
  return (
    <RecordDrawer
      title={t("policy")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => {
        if (name === "escalateAfterDays") return t("days", { count: from.escalateAfterDays });
        const one = asKey(from.escalatesTo);
        return one ? recipients.say(one) : t("whoRuns");
      })}
    >
      <p>{t("policyLead")}</p>
      <Select
        id="escalateAfterDays"
        label={labels.escalateAfterDays}
        data={[1, 2, 3, 5, 7, 10, 14, 21, 30].map((count) => ({ value: String(count), label: t("days", { count }) }))}
        value={String(values.escalateAfterDays)}
        error={errors.escalateAfterDays}
        onChange={(days) => days && set({ escalateAfterDays: Number(days) })}
        allowDeselect={false}
        data-autofocus
      />
      <Select
        id="escalatesTo"
        label={labels.escalatesTo}
        description={t("policyTo")}
        placeholder={t("whoRuns")}
        data={recipients.options(false)}
        value={key}
        error={errors.escalatesTo}
        onChange={(next) => set({ escalatesTo: (next && recipientOf(next)) || null })}
        searchable
        clearable
      />
    </RecordDrawer>
  );
}

/** The form holds a recipient; what the server says of somebody who saved first is its key. */
const asRecipient = (value: Recipient | string | null) =>
  typeof value === "string" ? (recipientOf(value) ?? null) : value;
const asKey = (value: Recipient | string | null) =>
  value === null || typeof value === "string" ? value : keyOfRecipient(value);
