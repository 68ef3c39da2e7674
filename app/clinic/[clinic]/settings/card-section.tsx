"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ClinicCard } from "#server/clinic/read-clinic.ts";
import { changeClinicInput } from "#server/clinic/settings-schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordFields } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

const names = [
  "name",
  "neutralName",
  "phone",
  "email",
  "defaultLocale",
  "privacyOfficerName",
  "privacyOfficerTitle",
  "privacyOfficerEmail",
  "privacyOfficerPhone",
] as const;
type Values = Pick<ClinicCard, (typeof names)[number]>;

/** The clinic's card, and the person in charge of personal information. */
export function CardSection({ card }: { card: ClinicCard }) {
  const t = useTranslations("settings.card");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const form = useRecordForm<Values>({
    draft: "card",
    schema: changeClinicInput.omit({ version: true }),
    start: Object.fromEntries(names.map((name) => [name, card[name]])) as unknown as Values,
    version: card.version,
    onSaved: () => {
      toast({ message: t("saved") });
      router.refresh();
    },
    send: (values, version) =>
      client.clinic.change.mutate({ ...values, defaultLocale: values.defaultLocale as "fr", version }),
  });
  const { values, set, errors } = form;
  const labels = Object.fromEntries(names.map((name) => [name, t(name)])) as Record<(typeof names)[number], string>;
  const text = (name: Exclude<(typeof names)[number], "defaultLocale">) => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });

  return (
    <Section title={t("title")} lead={t("lead")}>
      <RecordFields
        labels={labels}
        form={form}
        differences={form.differences(labels, (name, from) =>
          name === "defaultLocale" ? t(`locales.${from.defaultLocale as "fr"}`) : from[name],
        )}
      >
        <TextInput {...text("name")} />
        <TextInput {...text("neutralName")} description={t("neutralNameHelp")} />
        <div className={classes.pair}>
          <TextInput {...text("phone")} type="tel" inputMode="tel" />
          <TextInput {...text("email")} type="email" inputMode="email" />
        </div>
        <Select
          id="defaultLocale"
          label={labels.defaultLocale}
          data={[
            { value: "fr", label: t("locales.fr") },
            { value: "en", label: t("locales.en") },
          ]}
          value={values.defaultLocale}
          onChange={(defaultLocale) => defaultLocale && set({ defaultLocale })}
        />
        <div className={classes.pair}>
          <TextInput {...text("privacyOfficerName")} />
          <TextInput {...text("privacyOfficerTitle")} />
          <TextInput {...text("privacyOfficerEmail")} type="email" inputMode="email" />
          <TextInput {...text("privacyOfficerPhone")} type="tel" inputMode="tel" />
        </div>
        <div className={classes.acts}>
          <Button type="submit" loading={form.busy}>
            {t("save")}
          </Button>
        </div>
      </RecordFields>
    </Section>
  );
}
