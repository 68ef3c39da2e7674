"use client";

import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { IntegrationRecord } from "#server/integration/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ChoiceCard } from "../../../_ui/choice-card/choice-card.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import own from "./provider.module.css";

/** Where the provider is, and the assessment that comes first when that is outside Québec (AC-05). */
export function ProviderPlace({ integration }: { integration: IntegrationRecord }) {
  const t = useTranslations("settings.provider.place");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [editing, setEditing] = useState(!integration.enabled);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [values, setValues] = useState({
    outsideQuebec: integration.outsideQuebec,
    efvpReference: integration.efvpReference,
    efvpSignedOn: integration.efvpSignedOn,
    agreementReference: integration.agreementReference,
  });
  const set = (edit: Partial<typeof values>) => {
    setValues((before) => ({ ...before, ...edit }));
    setErrors({});
    setFailure(undefined);
  };

  async function save() {
    if (values.outsideQuebec === null) return setFailure(t("choose"));
    setBusy(true);
    try {
      const { version } = integration;
      await client.integration.enable.mutate({ ...values, outsideQuebec: values.outsideQuebec, code: "oidc", version });
      toast({ message: t("saved") });
      setEditing(false);
      router.refresh();
    } catch (error) {
      const { message, fields } = say(error);
      setErrors(fields);
      setFailure(message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={own.part}>
      <h3 className={own.heading}>{t("title")}</h3>
      {!editing && (
        <>
          <p className={own.text}>
            {integration.outsideQuebec
              ? t("isOutside", { reference: integration.efvpReference, day: integration.efvpSignedOn ?? "" })
              : t("isInside")}
          </p>
          <Button variant="default" size="sm" onClick={() => setEditing(true)}>
            {t("change")}
          </Button>
        </>
      )}
      {editing && (
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <fieldset className={own.cards}>
            <legend className={own.text}>{t("lead")}</legend>
            {(["inside", "outside"] as const).map((where) => (
              <ChoiceCard
                key={where}
                type="radio"
                name="place"
                value={where}
                label={t(where)}
                description={t(`${where}Help`)}
                checked={values.outsideQuebec === (where === "outside")}
                onChange={() => set({ outsideQuebec: where === "outside" })}
              />
            ))}
          </fieldset>
          {values.outsideQuebec && (
            <>
              <div className={classes.pair}>
                <TextInput
                  label={t("efvpReference")}
                  value={values.efvpReference}
                  error={errors.efvpReference}
                  onChange={(event) => set({ efvpReference: event.currentTarget.value })}
                />
                <DayInput
                  label={t("efvpSignedOn")}
                  value={values.efvpSignedOn}
                  error={errors.efvpSignedOn}
                  onChange={(efvpSignedOn) => set({ efvpSignedOn })}
                />
              </div>
              <TextInput
                label={t("agreementReference")}
                value={values.agreementReference}
                error={errors.agreementReference}
                onChange={(event) => set({ agreementReference: event.currentTarget.value })}
              />
            </>
          )}
          {failure && (
            <p className={own.failure} role="alert">
              {failure}
            </p>
          )}
          <div className={classes.acts}>
            <Button type="submit" variant="default" loading={busy}>
              {t("save")}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
