"use client";

import { Radio, Stack, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { IntegrationRecord } from "#server/integration/record.ts";
import { enableIntegrationInput } from "#server/integration/schema.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

interface IntegrationFormProps {
  integration: IntegrationRecord;
  onClose: () => void;
  onSaved: () => void;
}

type Values = Pick<IntegrationRecord, "outsideQuebec" | "efvpReference" | "efvpSignedOn" | "agreementReference">;

/** Where the recipient is, and when that is outside Québec the assessment and the agreement that come first (AC-05). */
export function IntegrationForm({ integration, onClose, onSaved }: IntegrationFormProps) {
  const t = useTranslations("integrations");
  const language = languageOf(useLocale());
  const client = useTRPCClient();
  const toast = useToast();
  const { code, version, enabled } = integration;
  const form = useRecordForm<Values>({
    draft: `integration ${code}`,
    schema: enableIntegrationInput.omit({ code: true, version: true }),
    // Unless the clinic says otherwise, the recipient is outside Québec.
    start: { ...integration, outsideQuebec: integration.outsideQuebec ?? true },
    version: version ?? 1,
    send: ({ outsideQuebec, efvpReference, efvpSignedOn, agreementReference }, onto) =>
      client.integration.enable.mutate({
        code: code as "oidc",
        version: version === null ? null : onto,
        outsideQuebec: outsideQuebec ?? true,
        efvpReference,
        efvpSignedOn,
        agreementReference,
      }),
    onSaved: () => {
      toast({ message: t("opened") });
      onSaved();
    },
  });
  const { values, set, errors } = form;
  const labels = {
    outsideQuebec: t("place"),
    efvpReference: t("assessment"),
    efvpSignedOn: t("signed"),
    agreementReference: t("agreement"),
  };
  return (
    <RecordDrawer
      title={integration.purpose[language]}
      verb={t(enabled ? "save" : "open")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
    >
      <Radio.Group
        label={labels.outsideQuebec}
        description={t("placeHelp")}
        value={values.outsideQuebec ? "outside" : "inside"}
        onChange={(value) => set({ outsideQuebec: value === "outside" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="inside" label={t("inside")} />
          <Radio value="outside" label={t("outside")} />
        </Stack>
      </Radio.Group>
      {values.outsideQuebec && (
        <>
          <p className={classes.note}>{t("assessmentHelp")}</p>
          <TextInput
            id="efvpReference"
            label={labels.efvpReference}
            description={t("referenceHelp")}
            value={values.efvpReference}
            error={errors.efvpReference}
            autoComplete="off"
            onChange={(event) => set({ efvpReference: event.currentTarget.value })}
          />
          <DayInput
            label={labels.efvpSignedOn}
            value={values.efvpSignedOn}
            error={errors.efvpSignedOn}
            onChange={(efvpSignedOn) => set({ efvpSignedOn })}
          />
          <TextInput
            id="agreementReference"
            label={labels.agreementReference}
            description={t("referenceHelp")}
            value={values.agreementReference}
            error={errors.agreementReference}
            autoComplete="off"
            onChange={(event) => set({ agreementReference: event.currentTarget.value })}
          />
        </>
      )}
    </RecordDrawer>
  );
}
