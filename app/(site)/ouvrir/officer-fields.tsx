"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ClinicFields } from "./draft.ts";
import classes from "./sign-up.module.css";

interface OfficerFieldsProps {
  fields: ClinicFields;
  set: (edit: Partial<ClinicFields>) => void;
  errors: Record<string, string>;
}

/** The person in charge of personal information, whose title and contact are published (P-39.1 s. 3.1). */
export function OfficerFields({ fields, set, errors }: OfficerFieldsProps) {
  const t = useTranslations("signUp.clinique.officer");
  return (
    <fieldset className={classes.officer}>
      <legend className={classes.officerTitle}>{t("title")}</legend>
      <p className={classes.help}>{t("lead")}</p>
      <Checkbox
        label={t("itIsMe")}
        checked={fields.ownerIsOfficer}
        onChange={(event) => set({ ownerIsOfficer: event.currentTarget.checked })}
      />
      <div className={classes.pair}>
        <TextInput
          id="privacyOfficer-name"
          label={t("name")}
          value={fields.officerName}
          onChange={(event) => set({ officerName: event.currentTarget.value })}
          error={errors["privacyOfficer-name"]}
          autoComplete={fields.ownerIsOfficer ? "name" : "off"}
        />
        <TextInput
          id="privacyOfficer-title"
          label={t("role")}
          placeholder={t("rolePlaceholder")}
          value={fields.officerTitle}
          onChange={(event) => set({ officerTitle: event.currentTarget.value })}
          error={errors["privacyOfficer-title"]}
          autoComplete={fields.ownerIsOfficer ? "organization-title" : "off"}
        />
        <TextInput
          id="privacyOfficer-email"
          label={t("email")}
          type="email"
          inputMode="email"
          value={fields.officerEmail}
          onChange={(event) => set({ officerEmail: event.currentTarget.value })}
          error={errors["privacyOfficer-email"]}
          autoComplete={fields.ownerIsOfficer ? "email" : "off"}
        />
        <TextInput
          id="privacyOfficer-phone"
          label={t("phone")}
          type="tel"
          inputMode="tel"
          value={fields.officerPhone}
          onChange={(event) => set({ officerPhone: event.currentTarget.value })}
          error={errors["privacyOfficer-phone"]}
          autoComplete={fields.ownerIsOfficer ? "tel" : "off"}
        />
      </div>
    </fieldset>
  );
}
