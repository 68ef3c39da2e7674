"use client";

import { Button, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { conditionCard } from "#server/condition/schema.ts";
import type { ConditionView } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import { Already, standingEntry, without } from "./already.tsx";
import { ConceptField, uncoded } from "./concept-field.tsx";
import { InlineForm } from "./inline-form.tsx";
import classes from "./summary.module.css";
import { useRefreshRecord, useSummary } from "./use-summary.ts";

type Values = Pick<
  ConditionView,
  "codeSystem" | "code" | "codeVersion" | "label" | "onset" | "abatement" | "note" | "status"
>;

const blank: Values = { ...uncoded, label: "", onset: "", abatement: "", note: "", status: "active" };

interface ConditionFormProps {
  patientId: string;
  /** Absent for a new one. */
  condition?: ConditionView;
  onClose: () => void;
  /** Opens another entry of the card. */
  onOpen: (id: string) => void;
}

/** A problem: its words, since when, until when. */
export function ConditionForm({ patientId, condition, onClose, onOpen }: ConditionFormProps) {
  const t = useTranslations("record");
  const client = useTRPCClient();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const start = condition ? pick(condition) : blank;
  const form = useRecordForm<Values>({
    draft: `condition ${condition?.id ?? patientId}`,
    ...(condition && { id: condition.id }),
    schema: conditionCard,
    start,
    version: condition?.version ?? 1,
    onSaved: () => {
      toast({ message: t("saved") });
      void refresh();
      onClose();
    },
    send: (values, version, id) =>
      condition
        ? client.condition.change.mutate({ ...values, id, version })
        : client.condition.add.mutate({ ...values, id, patientId }),
  });
  const { values, set, errors } = form;
  const labels = {
    label: t("problems.label"),
    onset: t("problems.onset"),
    abatement: t("problems.abatement"),
    note: t("note"),
  };
  const isEnded = values.status === "resolved";
  const others = without(useSummary(patientId).data, condition?.id);
  const same = isEnded ? undefined : standingEntry(others, "problem", { ...values, words: [values.label] });
  return (
    <InlineForm
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] || "–"))}
      verb={t(condition ? "save" : "add")}
      isNew={condition === undefined}
      onClose={onClose}
      acts={
        condition && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => set(isEnded ? { status: "active", abatement: "" } : { status: "resolved" })}
          >
            {t(isEnded ? "again" : "end")}
          </Button>
        )
      }
    >
      <Already one={same} onOpen={onOpen} />
      <ConceptField
        id="label"
        label={labels.label}
        kind="problem"
        value={values.label}
        coding={values}
        error={errors.label}
        onChange={(label, coding) => set({ label, ...coding })}
      />
      <div className={classes.pair}>
        <TextInput
          id="onset"
          label={labels.onset}
          placeholder={t("date")}
          value={values.onset}
          error={errors.onset}
          onChange={(event) => set({ onset: event.currentTarget.value.trim() })}
          autoComplete="off"
        />
        {isEnded && (
          <TextInput
            id="abatement"
            label={labels.abatement}
            placeholder={t("date")}
            value={values.abatement}
            error={errors.abatement}
            onChange={(event) => set({ abatement: event.currentTarget.value.trim() })}
            autoComplete="off"
          />
        )}
      </div>
      <Textarea
        id="note"
        label={labels.note}
        value={values.note}
        error={errors.note}
        autosize
        minRows={1}
        maxRows={6}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </InlineForm>
  );
}

const pick = ({ codeSystem, code, codeVersion, label, onset, abatement, note, status }: ConditionView): Values => ({
  codeSystem,
  code,
  codeVersion,
  label,
  onset,
  abatement,
  note,
  status,
});
