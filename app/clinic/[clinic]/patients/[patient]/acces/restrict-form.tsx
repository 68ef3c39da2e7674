"use client";

import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { todayIn } from "#server/patient/today.ts";
import {
  type InformationCategory,
  informationCategories,
  type RestrictableRole,
  restrictableRoles,
  restrictPatientInput,
} from "#server/privacy/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../../../_record/record-drawer.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";

interface RestrictFormProps {
  patientId: string;
  /** Who most often signs. */
  name: string;
  timeZone: string;
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  /** `member:<id>` or `role:<role>`. */
  target: string | null;
  category: InformationCategory;
  signedOn: string | null;
  signerName: string;
  signerContact: string;
  reason: string;
  risksExplained: boolean;
}

const schema = restrictPatientInput
  .omit({ patientId: true, target: true, id: true })
  .extend({ target: z.string("required") });

/** The signed notice, as it was received: to whom what is closed, who signed and how to reach them, and that the risks were told. */
export function RestrictForm({ patientId, name, timeZone, onClose, onSaved }: RestrictFormProps) {
  const t = useTranslations("privacy");
  const roleWords = useTranslations("workspace.roles");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const team = useQuery(trpc.membership.list.queryOptions({ most: 100 }));
  const form = useRecordForm<Values>({
    draft: `restriction ${patientId}`,
    schema,
    start: {
      ...{ target: null, category: "*", signedOn: todayIn(timeZone), signerName: name },
      ...{ signerContact: "", reason: "", risksExplained: false },
    },
    version: 1,
    send: ({ target, signedOn, risksExplained, ...values }, _, id) => {
      const [kind = "", key = ""] = target?.split(":") ?? [];
      if (!risksExplained || !signedOn) throw new Error("judged by the schema already");
      return client.privacy.restrict.mutate({
        ...values,
        id,
        patientId,
        signedOn,
        risksExplained,
        target: kind === "role" ? { kind, role: key as RestrictableRole } : { kind: "member", userId: key },
      });
    },
    onSaved: () => {
      toast({ message: t("restrict.saved") });
      onSaved();
    },
  });
  const { values, errors, set } = form;
  const labels = {
    target: t("restrict.whom"),
    category: t("restrict.what"),
    signedOn: t("restrict.signedOn"),
    signerName: t("restrict.signer"),
    signerContact: t("restrict.contact"),
    reason: t("restrict.reason"),
    risksExplained: t("restrict.risks"),
  };
  return (
    <RecordDrawer
      title={t("restrict.formTitle")}
      verb={t("restrict.save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
    >
      <Select
        id="target"
        label={labels.target}
        data={[
          {
            group: t("restrict.people"),
            items: (team.data?.members ?? []).map(({ userId, displayName }) => ({
              value: `member:${userId}`,
              label: displayName,
            })),
          },
          {
            group: t("restrict.roles"),
            items: restrictableRoles.map((role) => ({ value: `role:${role}`, label: roleWords(role) })),
          },
        ]}
        value={values.target}
        error={errors.target ?? errors["target-userId"]}
        searchable
        data-autofocus
        onChange={(target) => set({ target })}
      />
      <Select
        id="category"
        label={labels.category}
        data={informationCategories.map((value) => ({ value, label: t(`categories.${value}`) }))}
        value={values.category}
        error={errors.category}
        allowDeselect={false}
        onChange={(category) => category && set({ category: category as InformationCategory })}
      />
      <DayInput
        label={labels.signedOn}
        value={values.signedOn}
        max={todayIn(timeZone)}
        error={errors.signedOn}
        onChange={(signedOn) => set({ signedOn })}
      />
      <TextInput
        id="signerName"
        label={labels.signerName}
        value={values.signerName}
        error={errors.signerName}
        autoComplete="off"
        onChange={(event) => set({ signerName: event.currentTarget.value })}
      />
      <TextInput
        id="signerContact"
        label={labels.signerContact}
        value={values.signerContact}
        error={errors.signerContact}
        autoComplete="off"
        onChange={(event) => set({ signerContact: event.currentTarget.value })}
      />
      <Textarea
        id="reason"
        label={labels.reason}
        description={t("restrict.optional")}
        value={values.reason}
        error={errors.reason}
        autosize
        minRows={2}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <Checkbox
        id="risksExplained"
        label={labels.risksExplained}
        checked={values.risksExplained}
        error={errors.risksExplained}
        onChange={(event) => set({ risksExplained: event.currentTarget.checked })}
      />
    </RecordDrawer>
  );
}
