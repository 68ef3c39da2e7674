"use client";

import { Input, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { languages, sexes } from "#server/patient/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import { DayInput } from "../../../../_ui/day-input/day-input.tsx";
import classes from "./form.module.css";
import { NamField } from "./nam-field.tsx";
import type { PersonValues } from "./values.ts";

interface PersonFieldsProps {
  values: PersonValues;
  set: (edit: Partial<PersonValues>) => void;
  errors: Record<string, string>;
  timeZone: string;
  masked?: string | null;
}

const shownSexes = [...sexes].sort((one) => (one === "female" ? -1 : 0));

/** Who somebody is, in the order in which a card and a person say it. */
export function PersonFields({ values, set, errors, timeZone, masked }: PersonFieldsProps) {
  const t = useTranslations("patients.form");
  const text = (
    name: "familyName" | "givenName" | "birthFamilyName" | "preferredName" | "gender" | "pronouns",
    more = {},
  ) => (
    <TextInput
      id={name}
      label={t(name)}
      value={values[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      error={errors[name]}
      autoComplete="off"
      {...more}
    />
  );
  return (
    <>
      <div className={classes.pair}>
        {text("familyName", {
          placeholder: t("familyHelp"),
          required: true,
          autoFocus: masked === undefined,
        })}
        {text("givenName", { required: true })}
      </div>
      <NamField values={values} set={set} errors={errors} timeZone={timeZone} masked={masked} />
      <div className={classes.three}>
        <DayInput
          label={t("birthDate")}
          value={values.birthDate}
          max={todayIn(timeZone)}
          onChange={(birthDate) => set({ birthDate })}
          error={errors.birthDate}
        />
        <Input.Wrapper label={t("sex")} error={errors.sex} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t("sex")}
            data={shownSexes.map((value) => ({ value, label: t(`sexes.${value}`) }))}
            // Nothing is said until somebody says it: a choice that is not in the list leaves all unmarked.
            value={values.sex ?? ""}
            onChange={(next) => set({ sex: next as PersonValues["sex"] })}
          />
        </Input.Wrapper>
        <Select
          id="language"
          label={t("language")}
          data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
          value={values.language}
          onChange={(next) => next && set({ language: next as PersonValues["language"] })}
          allowDeselect={false}
        />
      </div>
      <div className={classes.pair}>
        {text("birthFamilyName", { placeholder: t("birthFamilyHelp") })}
        {text("preferredName")}
      </div>
      <div className={classes.pair}>
        {text("gender", { placeholder: t("genderExample") })}
        {text("pronouns", { placeholder: t("pronounsExample") })}
      </div>
    </>
  );
}
