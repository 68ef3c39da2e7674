"use client";

import { Alert, Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { OwnHostSettings } from "#server/host/read-settings.ts";
import { changeSettingsInput } from "#server/host/schema.ts";
import { useTRPC, useTRPCClient } from "../../_trpc/client.tsx";
import { Section } from "../../_ui/section/section.tsx";
import { useToast } from "../../_ui/toast/toast.tsx";
import { RecordFields } from "../../clinic/[clinic]/_record/record-drawer.tsx";
import { useRecordForm } from "../../clinic/[clinic]/_record/use-record-form.ts";
import classes from "../host.module.css";
import { PriceLines } from "./price-lines.tsx";
import { SiteLines } from "./site-lines.tsx";

const names = [
  "displayName",
  "contactEmail",
  "contactPhone",
  "sites",
  "prices",
  "trialDays",
  "approvalRequired",
  "sourceUrl",
] as const;
export type HostValues = Pick<OwnHostSettings, (typeof names)[number]>;

/** What the host says of itself: it shows at once on the landing page, at sign-up and at the foot of mails. */
export function SettingsForm({ settings }: { settings: OwnHostSettings }) {
  const t = useTranslations("host.settings");
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const form = useRecordForm<HostValues>({
    draft: "host-settings",
    schema: changeSettingsInput.omit({ version: true }),
    start: Object.fromEntries(names.map((name) => [name, settings[name]])) as unknown as HostValues,
    version: settings.version,
    send: (values, version) => client.host.changeSettings.mutate({ ...values, version }),
    onSaved: () => {
      toast({ message: t("saved") });
      void queries.invalidateQueries(trpc.host.events.queryFilter());
      router.refresh();
    },
  });
  const { values, set, errors } = form;
  const labels = Object.fromEntries(names.map((name) => [name, t(`fields.${name}`)])) as Record<
    (typeof names)[number],
    string
  >;
  const show = (name: keyof HostValues, from: HostValues): string => {
    if (name === "sites") return from.sites.map(({ city, role }) => `${city} (${t(`roles.${role}`)})`).join(", ");
    if (name === "prices")
      return from.prices
        .map(({ code, monthlyCents, per }) => `${code} ${monthlyCents / 100} $ ${t(`per.${per}`)}`)
        .join(", ");
    return name === "approvalRequired" ? t(from.approvalRequired ? "yes" : "no") : String(from[name]);
  };
  const text = (name: "displayName" | "contactEmail" | "contactPhone" | "sourceUrl") => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const source = values.sourceUrl || settings.givenSourceUrl;

  return (
    <Section title={t("form")} lead={t("lead")}>
      <div className={classes.form}>
        <RecordFields labels={labels} form={form} differences={form.differences(labels, show)}>
          <TextInput {...text("displayName")} />
          <div className={classes.pair}>
            <TextInput {...text("contactEmail")} type="email" inputMode="email" />
            <TextInput {...text("contactPhone")} type="tel" inputMode="tel" />
          </div>
          <SiteLines sites={values.sites} errors={errors} onChange={(sites) => set({ sites })} />
          <PriceLines prices={values.prices} errors={errors} onChange={(prices) => set({ prices })} />
          <NumberInput
            id="trialDays"
            label={labels.trialDays}
            description={t("trialHelp")}
            value={values.trialDays}
            error={errors.trialDays}
            min={0}
            max={365}
            allowDecimal={false}
            onChange={(days) => set({ trialDays: Number(days) })}
            maw={280}
          />
          <Switch
            id="approvalRequired"
            label={labels.approvalRequired}
            description={t("approvalHelp")}
            checked={values.approvalRequired}
            onChange={(event) => set({ approvalRequired: event.currentTarget.checked })}
          />
          <TextInput
            {...text("sourceUrl")}
            type="url"
            inputMode="url"
            description={t("sourceHelp")}
            placeholder={settings.givenSourceUrl || "https://"}
          />
          {!source && <Alert color="lampe">{t("sourceMissing")}</Alert>}
          <div className={classes.acts}>
            <Button type="submit" loading={form.busy}>
              {t("save")}
            </Button>
          </div>
        </RecordFields>
      </div>
    </Section>
  );
}
