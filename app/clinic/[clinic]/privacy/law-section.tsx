"use client";

import { Alert, Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ClinicLaw } from "#server/clinic/read-law.ts";
import { changeLawInput, legalRegimes } from "#server/clinic/settings-schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordFields } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import own from "./law-section.module.css";

type Values = Pick<ClinicLaw, "legalRegime" | "retentionYears" | "retentionSource">;

/** Which law the clinic works under and how long it keeps records, beside what its professions imply. */
export function LawSection({ law }: { law: ClinicLaw }) {
  const t = useTranslations("privacy.law");
  const words = useTranslations("vocabulary.professions");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const { legalRegime, retentionYears, retentionSource, version, implied, rules } = law;
  const form = useRecordForm<Values>({
    draft: "law",
    schema: changeLawInput.omit({ version: true }),
    start: { legalRegime, retentionYears, retentionSource },
    version,
    send: (values, onto) => client.clinic.changeLaw.mutate({ ...values, version: onto }),
    onSaved: () => {
      toast({ message: t("saved") });
      router.refresh();
    },
  });
  const { values, set, errors } = form;
  const labels = { legalRegime: t("regime"), retentionYears: t("retention"), retentionSource: t("source") };
  const show = (name: keyof Values, from: Values) =>
    name === "legalRegime" ? t(`regimes.${from.legalRegime}`) : String(from[name]);

  return (
    <Section title={t("title")} lead={t("lead")}>
      <div className={own.columns}>
        <RecordFields labels={labels} form={form} differences={form.differences(labels, show)}>
          <Select
            id="legalRegime"
            label={labels.legalRegime}
            data={legalRegimes.map((value) => ({ value, label: t(`regimes.${value}`) }))}
            value={values.legalRegime}
            allowDeselect={false}
            error={errors.legalRegime}
            onChange={(regime) => regime && set({ legalRegime: regime as Values["legalRegime"] })}
          />
          {values.legalRegime !== implied.regime && (
            <Alert color="lampe">{t("otherRegime", { regime: t(`regimes.${implied.regime}`) })}</Alert>
          )}
          <NumberInput
            id="retentionYears"
            label={labels.retentionYears}
            description={t("retentionHelp")}
            value={values.retentionYears}
            error={errors.retentionYears}
            allowDecimal={false}
            onChange={(years) => set({ retentionYears: Number(years) })}
            maw={280}
          />
          <TextInput
            id="retentionSource"
            label={labels.retentionSource}
            description={t("sourceHelp")}
            value={values.retentionSource}
            error={errors.retentionSource}
            autoComplete="off"
            onChange={(event) => set({ retentionSource: event.currentTarget.value })}
          />
          <div className={classes.acts}>
            <Button type="submit" loading={form.busy}>
              {t("save")}
            </Button>
          </div>
        </RecordFields>
        <div>
          <h3 className={own.title}>{t("rules")}</h3>
          <dl className={own.rules}>
            {rules.map(({ profession, years, source }) => (
              <div key={profession}>
                <dt>{words(profession)}</dt>
                <dd>
                  {t("years", { years })} <span>{source ?? t("toConfirm")}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Section>
  );
}
