"use client";

import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  type AllergyKind,
  allergyCard,
  allergyKinds,
  type Certainty,
  certainties,
  type Severity,
  severities,
} from "#server/allergy-intolerance/schema.ts";
import type { AllergyView } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import { Already, standingEntry, without } from "./already.tsx";
import { ConceptField, uncoded } from "./concept-field.tsx";
import { InlineForm } from "./inline-form.tsx";
import classes from "./summary.module.css";
import { useRefreshRecord, useSummary } from "./use-summary.ts";

type Values = Pick<
  AllergyView,
  | "codeSystem"
  | "code"
  | "codeVersion"
  | "substance"
  | "reaction"
  | "severity"
  | "certainty"
  | "onset"
  | "note"
  | "status"
> & { kind: AllergyKind };

const blank: Values = {
  ...uncoded,
  kind: "allergy",
  substance: "",
  reaction: "",
  severity: "",
  certainty: "confirmed",
  onset: "",
  note: "",
  status: "active",
};

interface AllergyFormProps {
  patientId: string;
  /** Absent for a new one. */
  allergy?: AllergyView;
  onClose: () => void;
  /** Opens another entry of the card. */
  onOpen: (id: string) => void;
}

/** A substance and what it did, how badly, and how sure one is. */
export function AllergyForm({ patientId, allergy, onClose, onOpen }: AllergyFormProps) {
  const t = useTranslations("record");
  const client = useTRPCClient();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const form = useRecordForm<Values>({
    draft: `allergy ${allergy?.id ?? patientId}`,
    ...(allergy && { id: allergy.id }),
    schema: allergyCard,
    start: allergy ? pick(allergy) : blank,
    version: allergy?.version ?? 1,
    onSaved: () => {
      toast({ message: t("saved") });
      void refresh();
      onClose();
    },
    send: (values, version, id) =>
      allergy
        ? client.allergy.change.mutate({ ...values, id, version })
        : client.allergy.add.mutate({ ...values, id, patientId }),
  });
  const { values, set, errors } = form;
  const labels = {
    substance: t("allergies.substance"),
    reaction: t("allergies.reaction"),
    kind: t("allergies.kind"),
    severity: t("allergies.severity"),
    certainty: t("allergies.certainty"),
    onset: t("allergies.onset"),
    note: t("note"),
  };
  const isEnded = values.status === "resolved";
  const others = without(useSummary(patientId).data, allergy?.id);
  const same = isEnded ? undefined : standingEntry(others, "allergy", { ...values, words: [values.substance] });
  return (
    <InlineForm
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] || "–"))}
      verb={t(allergy ? "save" : "add")}
      isNew={allergy === undefined}
      onClose={onClose}
      acts={
        allergy && (
          <Button variant="default" size="compact-sm" onClick={() => set({ status: isEnded ? "active" : "resolved" })}>
            {t(isEnded ? "again" : "end")}
          </Button>
        )
      }
    >
      <Already one={same} onOpen={onOpen} />
      <ConceptField
        id="substance"
        label={labels.substance}
        kind="substance"
        value={values.substance}
        coding={values}
        error={errors.substance}
        onChange={(substance, coding) => set({ substance, ...coding })}
      />
      <TextInput
        id="reaction"
        label={labels.reaction}
        value={values.reaction}
        error={errors.reaction}
        onChange={(event) => set({ reaction: event.currentTarget.value })}
        autoComplete="off"
      />
      <div className={classes.pair}>
        <Select
          id="kind"
          label={labels.kind}
          data={allergyKinds.map((value) => ({ value, label: t(`allergies.kinds.${value}`) }))}
          value={values.kind}
          onChange={(kind) => kind && set({ kind: kind as AllergyKind })}
          allowDeselect={false}
        />
        <Select
          id="severity"
          label={labels.severity}
          data={severities.map((value) => ({ value, label: t(`allergies.severities.${value || "none"}`) }))}
          value={values.severity}
          onChange={(severity) => set({ severity: (severity ?? "") as Severity })}
          allowDeselect={false}
        />
        <Select
          id="certainty"
          label={labels.certainty}
          data={certainties.map((value) => ({ value, label: t(`allergies.certainties.${value}`) }))}
          value={values.certainty}
          onChange={(certainty) => certainty && set({ certainty: certainty as Certainty })}
          allowDeselect={false}
        />
        <TextInput
          id="onset"
          label={labels.onset}
          placeholder={t("date")}
          value={values.onset}
          error={errors.onset}
          onChange={(event) => set({ onset: event.currentTarget.value.trim() })}
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

const pick = (one: AllergyView): Values => ({
  codeSystem: one.codeSystem,
  code: one.code,
  codeVersion: one.codeVersion,
  kind: one.kind === "none-known" ? "allergy" : one.kind,
  substance: one.substance,
  reaction: one.reaction,
  severity: one.severity,
  certainty: one.certainty,
  onset: one.onset,
  note: one.note,
  status: one.status,
});
