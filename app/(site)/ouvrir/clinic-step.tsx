"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { clinicDraft, type RegionCode, regionCodes, regions, timeZones } from "#server/clinic/schema.ts";
import { shortSlug, useSlug } from "../../_trpc/use-slug.ts";
import { ErrorSummary } from "../../_ui/form/error-summary.tsx";
import { namedErrors } from "../../_ui/form/named-errors.ts";
import { SlugField } from "../../_ui/slug-field/slug-field.tsx";
import { type ClinicFields, clinicInput } from "./draft.ts";
import { OfficerFields } from "./officer-fields.tsx";
import { ProfessionsChoice } from "./professions-choice.tsx";
import classes from "./sign-up.module.css";
import type { StepProps } from "./step-props.ts";
import { useStepForm } from "./use-step-form.ts";

/** What the clinic is, what its address will be, and who answers for personal information. */
export function ClinicStep({ draft, change, go, refused, prefix }: StepProps) {
  const t = useTranslations("signUp.clinique");
  const words = useTranslations("vocabulary");
  const fields = draft.clinic;
  const { errors, attempt, check } = useStepForm(clinicDraft, clinicInput(fields), refused, "clinic.");
  const address = useSlug(fields);

  function set(edit: Partial<ClinicFields>) {
    change((before) => {
      const clinic = { ...before.clinic, ...edit };
      if ("name" in edit && !clinic.slugChosen) clinic.slug = shortSlug(clinic.name);
      return { ...before, clinic };
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!check() || address.refusal) return;
    go("compte");
  }

  const slugError = address.error ?? errors.slug;
  const labels = {
    name: t("name"),
    professions: t("professions"),
    region: t("region"),
    slug: t("slug"),
    "privacyOfficer-name": t("officer.name"),
    "privacyOfficer-title": t("officer.role"),
    "privacyOfficer-email": t("officer.email"),
    "privacyOfficer-phone": t("officer.phone"),
  };
  const shown = slugError ? { ...errors, slug: slugError } : errors;
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <ErrorSummary errors={namedErrors(attempt > 0 ? shown : errors, labels)} attempt={attempt} />
      <TextInput
        id="name"
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={errors.name}
        autoComplete="organization"
        maxLength={400}
      />
      <ProfessionsChoice
        chosen={fields.professions}
        onChange={(professions) => set({ professions })}
        error={errors.professions}
      />
      <div className={classes.pair}>
        <Select
          id="region"
          label={t("region")}
          placeholder={t("choose")}
          data={regionCodes.map((value) => ({ value, label: regions[value] }))}
          value={fields.region || null}
          onChange={(region) => set({ region: (region ?? "") as RegionCode | "" })}
          error={errors.region}
          searchable
          nothingFoundMessage={t("noRegion")}
        />
        <Select
          id="timeZone"
          label={t("timeZone")}
          data={timeZones.map((value) => ({ value, label: words(`timeZones.${value}`) }))}
          value={fields.timeZone}
          onChange={(timeZone) => timeZone && set({ timeZone: timeZone as ClinicFields["timeZone"] })}
          error={errors.timeZone}
        />
      </div>
      <SlugField
        id="slug"
        label={t("slug")}
        prefix={prefix}
        value={fields.slug}
        onChange={(slug) => set({ slug: slug.toLowerCase().replaceAll(/\s+/g, "-"), slugChosen: slug !== "" })}
        error={slugError}
        free={address.free}
        suggestions={[...address.suggestions]}
      />
      <OfficerFields fields={fields} set={set} errors={errors} />
      <div className={classes.acts}>
        <Button type="submit" rightSection={<IconArrowRight size={18} aria-hidden />}>
          {t("continue")}
        </Button>
        <Button variant="subtle" onClick={() => go("conditions")}>
          {t("back")}
        </Button>
        <span className={classes.aside}>{t("canClose")}</span>
      </div>
    </form>
  );
}
