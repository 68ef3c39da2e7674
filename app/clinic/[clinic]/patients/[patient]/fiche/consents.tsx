"use client";

import { Button, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { IconCheck, IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConsentRecord } from "#server/consent/list-consents.ts";
import { type ConsentPurpose, consentModes, consentPurposes, recordConsentInput } from "#server/consent/schema.ts";
import type { PatientView } from "#server/patient/record.ts";
import { todayIn } from "#server/patient/today.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { DayInput } from "../../../../../_ui/day-input/day-input.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../../../_record/record-drawer.tsx";
import { useRecordForm } from "../../../_record/use-record-form.ts";
import classes from "./file.module.css";

interface ConsentsProps {
  patient: PatientView;
  timeZone: string;
  mayWrite: boolean;
}

/** What the person agreed to or refused, purpose by purpose, and taken back as easily. */
export function Consents({ patient, timeZone, mayWrite }: ConsentsProps) {
  const t = useTranslations("patients");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const list = useQuery(trpc.consent.list.queryOptions({ patientId: patient.id }));
  const [adding, setAdding] = useState(false);

  async function withdraw({ id, version }: ConsentRecord) {
    try {
      await client.consent.withdraw.mutate({ id, version, mode: "oral", reason: "" });
      toast({ message: t("consent.withdrawn") });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    await list.refetch();
  }

  return (
    <Section
      title={t("file.consents")}
      count={list.data?.length || undefined}
      action={
        mayWrite && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t("file.addConsent")}
          </Button>
        )
      }
    >
      {list.data?.length === 0 && <p className={classes.quiet}>{t("file.noConsents")}</p>}
      <ul className={classes.list}>
        {list.data?.map((one) => (
          <li key={one.id}>
            <Chip
              tone={one.state !== "active" ? "neutral" : one.decision === "permit" ? "good" : "danger"}
              icon={one.decision === "permit" ? <IconCheck /> : <IconX />}
            >
              {one.state === "active" ? t(`consent.decisions.${one.decision}`) : t(`consent.states.${one.state}`)}
            </Chip>
            <span>
              <strong>{t(`consent.purposes.${one.purpose}`)}</strong> {one.scope}
              <span className={classes.under}>
                {[
                  one.takenOn,
                  t("consent.by", {
                    mode: t(`consent.modes.${one.mode}`),
                    who: one.givenByName,
                    taker: one.takenByName,
                  }),
                  one.textVersion && t("consent.text", { version: one.textVersion }),
                  one.expiresOn && t("consent.expires", { date: one.expiresOn }),
                  one.withdrawnOn && `${t("consent.states.withdrawn")} ${one.withdrawnOn}`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {mayWrite && one.state === "active" && (
              <Button
                variant="subtle"
                size="compact-sm"
                className={classes.act}
                aria-label={`${t("consent.withdraw")} : ${one.scope}`}
                onClick={() => void withdraw(one)}
              >
                {t("consent.withdraw")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <ConsentForm
          patient={patient}
          timeZone={timeZone}
          onClose={() => setAdding(false)}
          onSaved={() => {
            setAdding(false);
            toast({ message: t("consent.recorded") });
            void list.refetch();
          }}
        />
      )}
    </Section>
  );
}

interface Values {
  purpose: ConsentPurpose | null;
  decision: "permit" | "deny";
  scope: string;
  mode: "oral" | "written";
  givenBy: string | null;
  takenOn: string | null;
  textVersion: string;
  expiresOn: string | null;
}

interface ConsentFormProps {
  patient: PatientView;
  timeZone: string;
  onClose: () => void;
  onSaved: () => void;
}

function ConsentForm({ patient, timeZone, onClose, onSaved }: ConsentFormProps) {
  const t = useTranslations("patients.consent");
  const file = useTranslations("patients.file");
  const client = useTRPCClient();
  const start: Values = {
    ...{ purpose: null, decision: "permit", scope: "", mode: "oral", givenBy: null },
    ...{ takenOn: todayIn(timeZone), textVersion: "", expiresOn: null },
  };
  const form = useRecordForm<Values>({
    draft: `consent ${patient.id}`,
    schema: recordConsentInput.omit({ id: true, patientId: true }),
    start,
    version: 1,
    onSaved,
    send: (values, _version, id) =>
      client.consent.record.mutate({
        ...values,
        purpose: values.purpose ?? "other",
        takenOn: values.takenOn ?? "",
        id,
        patientId: patient.id,
      }),
  });
  const { values, set, errors } = form;
  const actors = patient.relatedPersons.filter(({ mayAct }) => mayAct);
  const labels = {
    purpose: t("purpose"),
    scope: t(values.decision === "deny" ? "scopeDenied" : "scope"),
    givenBy: t("givenBy"),
    takenOn: t("takenOn"),
    expiresOn: t("expiresOn"),
  };
  return (
    <RecordDrawer
      title={file("addConsent")}
      verb={file("addConsent")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
    >
      <Select
        id="purpose"
        label={labels.purpose}
        data={consentPurposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
        value={values.purpose}
        onChange={(next) => set({ purpose: next as ConsentPurpose | null })}
        error={errors.purpose}
        data-autofocus
      />
      <SegmentedControl
        aria-label={t("decision")}
        data={(["permit", "deny"] as const).map((value) => ({ value, label: t(`decisions.${value}`) }))}
        value={values.decision}
        onChange={(next) => set({ decision: next as Values["decision"] })}
      />
      <Textarea
        id="scope"
        label={labels.scope}
        placeholder={t("scopeExample")}
        value={values.scope}
        onChange={(event) => set({ scope: event.currentTarget.value })}
        error={errors.scope}
        maxLength={500}
        autosize
        minRows={2}
      />
      <SegmentedControl
        aria-label={t("mode")}
        data={consentModes.map((value) => ({ value, label: t(`modes.${value}`) }))}
        value={values.mode}
        onChange={(next) => set({ mode: next as Values["mode"] })}
      />
      {actors.length > 0 && (
        <Select
          id="givenBy"
          label={labels.givenBy}
          placeholder={t("self")}
          data={actors.map(({ id, givenName, familyName }) => ({ value: id, label: `${givenName} ${familyName}` }))}
          value={values.givenBy}
          onChange={(givenBy) => set({ givenBy })}
          error={errors.givenBy}
          clearable
        />
      )}
      <DayInput
        label={labels.takenOn}
        value={values.takenOn}
        onChange={(takenOn) => set({ takenOn })}
        error={errors.takenOn}
      />
      <TextInput
        label={t("textVersion")}
        value={values.textVersion}
        onChange={(event) => set({ textVersion: event.currentTarget.value })}
        maxLength={60}
        autoComplete="off"
      />
      <DayInput
        label={labels.expiresOn}
        value={values.expiresOn}
        onChange={(expiresOn) => set({ expiresOn })}
        error={errors.expiresOn}
      />
    </RecordDrawer>
  );
}
