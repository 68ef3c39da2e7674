"use client";

import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { observationCard } from "#server/observation/schema.ts";
import type { LastValue } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import { InlineForm } from "./inline-form.tsx";
import { showDecimal, useMeasureWords } from "./measure-words.ts";
import { useRefreshRecord } from "./use-summary.ts";

interface ObservationFormProps {
  value: LastValue;
  onClose: () => void;
}

/** One value corrected: the number or the finding, and a note. */
export function ObservationForm({ value, onClose }: ObservationFormProps) {
  const t = useTranslations("record");
  const client = useTRPCClient();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const words = useMeasureWords();
  const isNumber = value.value !== null;
  const shown = value.value === null ? value.text : showDecimal(value.value, 0, words.language);
  const form = useRecordForm({
    draft: `observation ${value.id}`,
    id: value.id,
    schema: observationCard,
    start: { value: isNumber ? shown : null, text: isNumber ? "" : shown, note: value.note },
    version: value.version,
    onSaved: () => {
      toast({ message: t("saved") });
      void refresh();
      onClose();
    },
    send: (said, version, id) =>
      client.observation.change.mutate({
        ...said,
        id,
        version,
        at: value.at,
        comparator: value.comparator,
        unit: value.unit,
        low: value.low,
        high: value.high,
      }),
  });
  const { values, set, errors } = form;
  const name = isNumber ? "value" : "text";
  const labels = {
    [name]: `${words.fullName(value.code, value.label)} ${words.unitOf(value.code, value.unit)}`,
    note: t("note"),
  };
  return (
    <InlineForm
      labels={labels}
      form={form}
      differences={form.differences(labels, (field, from) => String(from[field] ?? "–"))}
      verb={t("save")}
      isNew={false}
      onClose={onClose}
    >
      <TextInput
        id={name}
        label={labels[name]}
        value={values[name] ?? ""}
        error={errors[name]}
        inputMode={isNumber ? "decimal" : "text"}
        onChange={(event) => set({ [name]: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        id="note"
        label={labels.note}
        value={values.note}
        error={errors.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        autoComplete="off"
      />
    </InlineForm>
  );
}
