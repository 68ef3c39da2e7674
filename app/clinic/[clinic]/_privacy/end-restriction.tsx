"use client";

import { Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { endRestrictionInput } from "#server/privacy/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

interface EndRestrictionProps {
  /** `patientName`: null when the patient is closed to this reader. */
  restriction: { readonly id: string; readonly version: number; readonly patientName: string | null };
  onClose: () => void;
  onEnded: () => void;
}

/** The patient takes a restriction back: their wish as it was received, kept with the restriction. */
export function EndRestriction({ restriction, onClose, onEnded }: EndRestrictionProps) {
  const t = useTranslations("privacy.restrictions");
  const client = useTRPCClient();
  const toast = useToast();
  const { id, version, patientName } = restriction;
  const form = useRecordForm<{ reason: string }>({
    draft: `end-restriction ${id}`,
    schema: endRestrictionInput.pick({ reason: true }),
    start: { reason: "" },
    version,
    send: ({ reason }, onto) => client.privacy.endRestriction.mutate({ id, version: onto, reason }),
    onSaved: () => {
      toast({ message: t("ended") });
      onEnded();
    },
  });
  return (
    <RecordDrawer
      title={t("endTitle", { patient: patientName ?? t("closedToYou") })}
      verb={t("end")}
      onClose={onClose}
      labels={{ reason: t("reason") }}
      form={form}
      differences={[]}
    >
      <p className={classes.note}>{t("endText")}</p>
      <Textarea
        id="reason"
        label={t("reason")}
        description={t("reasonHelp")}
        value={form.values.reason}
        error={form.errors.reason}
        autosize
        minRows={3}
        data-autofocus
        onChange={(event) => form.set({ reason: event.currentTarget.value })}
      />
    </RecordDrawer>
  );
}
