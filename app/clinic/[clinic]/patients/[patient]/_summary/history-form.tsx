"use client";

import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type HistoryKind, historyCard, historyKinds, type Relation, relations } from "#server/history/schema.ts";
import type { HistoryView } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import { Already, standingHistory, without } from "./already.tsx";
import { InlineForm } from "./inline-form.tsx";
import classes from "./summary.module.css";
import { useRefreshRecord, useSummary } from "./use-summary.ts";

type Values = Pick<HistoryView, "kind" | "relation" | "label" | "occurred" | "atAge" | "note" | "status">;

const blank: Values = {
  ...{ kind: "personal", relation: "", label: "", occurred: "", atAge: null, note: "" },
  status: "active",
};

interface HistoryFormProps {
  patientId: string;
  /** Absent for a new one. */
  entry?: HistoryView;
  onClose: () => void;
  /** Opens another entry of the card. */
  onOpen: (id: string) => void;
}

/** An operation, a father's infarct, a trade. */
export function HistoryForm({ patientId, entry, onClose, onOpen }: HistoryFormProps) {
  const t = useTranslations("record");
  const client = useTRPCClient();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const form = useRecordForm<Values>({
    draft: `history ${entry?.id ?? patientId}`,
    ...(entry && { id: entry.id }),
    schema: historyCard,
    start: entry ? pick(entry) : blank,
    version: entry?.version ?? 1,
    onSaved: () => {
      toast({ message: t("saved") });
      void refresh();
      onClose();
    },
    send: (values, version, id) =>
      entry
        ? client.history.change.mutate({ ...values, id, version })
        : client.history.add.mutate({ ...values, id, patientId }),
  });
  const { values, set, errors } = form;
  const labels = {
    label: t("history.label"),
    kind: t("history.kind"),
    relation: t("history.relation"),
    occurred: t("history.occurred"),
    atAge: t("history.atAge"),
    note: t("note"),
  };
  const isEnded = values.status === "ended";
  const others = without(useSummary(patientId).data, entry?.id);
  const same = isEnded ? undefined : standingHistory(others, values);
  return (
    <InlineForm
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) =>
        String(from[name] || (name === "atAge" && from.atAge === 0 ? 0 : "–")),
      )}
      verb={t(entry ? "save" : "add")}
      isNew={entry === undefined}
      onClose={onClose}
      acts={
        entry && (
          <Button variant="default" size="compact-sm" onClick={() => set({ status: isEnded ? "active" : "ended" })}>
            {t(isEnded ? "again" : "end")}
          </Button>
        )
      }
    >
      <Already one={same} onOpen={onOpen} />
      <TextInput
        id="label"
        label={labels.label}
        value={values.label}
        error={errors.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        autoComplete="off"
      />
      <div className={classes.pair}>
        <Select
          id="kind"
          label={labels.kind}
          data={historyKinds.map((value) => ({ value, label: t(`history.kinds.${value}`) }))}
          value={values.kind}
          onChange={(kind) => kind && set({ kind: kind as HistoryKind, relation: "" })}
          allowDeselect={false}
        />
        {values.kind === "family" && (
          <Select
            id="relation"
            label={labels.relation}
            data={relations.map((value) => ({ value, label: t(`history.relations.${value || "none"}`) }))}
            value={values.relation}
            error={errors.relation}
            onChange={(relation) => set({ relation: (relation ?? "") as Relation })}
            allowDeselect={false}
          />
        )}
        <TextInput
          id="occurred"
          label={labels.occurred}
          placeholder={t("date")}
          value={values.occurred}
          error={errors.occurred}
          onChange={(event) => set({ occurred: event.currentTarget.value.trim() })}
          autoComplete="off"
        />
        <TextInput
          id="atAge"
          label={labels.atAge}
          inputMode="numeric"
          value={values.atAge ?? ""}
          error={errors.atAge}
          onChange={(event) => {
            const digits = event.currentTarget.value.replaceAll(/\D/g, "").slice(0, 3);
            set({ atAge: digits === "" ? null : Number(digits) });
          }}
          autoComplete="off"
        />
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

const pick = ({ kind, relation, label, occurred, atAge, note, status }: HistoryView): Values => ({
  kind,
  relation,
  label,
  occurred,
  atAge,
  note,
  status,
});
