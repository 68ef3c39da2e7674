"use client";

import { useTranslations } from "next-intl";
import { isRealDate } from "#server/patient/nam.ts";
import { Field, Segments } from "../../_visit/field.tsx";
import classes from "./booking.module.css";
import type { Person } from "./draft.ts";

/** What is wrong, by the field's name; each field has the id `visit-<name>`. */
export type Faults = Partial<Record<keyof Person | "code" | "nam", string | undefined>>;

interface PersonFieldsProps {
  person: Person;
  faults: Faults;
  write: (part: Partial<Person>) => void;
  /** For a child or somebody in one's care too. */
  forOthers: boolean;
}

/** Who comes: for whom, the names, the day of birth. */
export function PersonFields({ person, faults, write, forOthers }: PersonFieldsProps) {
  const t = useTranslations("booking.details");
  const own = person.relation === "self";
  return (
    <>
      {forOthers && (
        <Segments
          legend={t("for")}
          quiet
          name="relation"
          value={person.relation}
          onChange={(relation) => write({ relation })}
          choices={[
            { value: "self", label: t("self") },
            { value: "child", label: t("child") },
            { value: "cared-for", label: t("caredFor") },
          ]}
        />
      )}
      {forOthers && !own && (
        <Field
          id="visit-bookerName"
          label={t("bookerName")}
          value={person.bookerName}
          onText={(bookerName) => write({ bookerName })}
          error={faults.bookerName}
          autoComplete="name"
          required
        />
      )}
      <div className={classes.pair}>
        <Field
          id="visit-givenName"
          label={t("givenName")}
          value={person.givenName}
          onText={(givenName) => write({ givenName })}
          error={faults.givenName}
          autoComplete={own ? "given-name" : "off"}
          required
        />
        <Field
          id="visit-familyName"
          label={t("familyName")}
          value={person.familyName}
          onText={(familyName) => write({ familyName })}
          error={faults.familyName}
          autoComplete={own ? "family-name" : "off"}
          required
        />
      </div>
      <Field
        id="visit-birthDate"
        label={t("birthDate")}
        aside={t("birthDateAside")}
        hint={t("birthDateHint")}
        value={person.birthDate}
        onText={(text) => write({ birthDate: spellDate(text, person.birthDate) })}
        error={faults.birthDate}
        inputMode="numeric"
        autoComplete={own ? "bday" : "off"}
        maxLength={10}
        required
      />
    </>
  );
}

export const mailOf = (typed: string): string => typed.trim().toLowerCase();

/** What is missing of a person, said beside each field. */
export function usePersonFaults() {
  const t = useTranslations("booking.details");
  return (person: Person, proved: string, forOthers: boolean): Faults => {
    const found: Faults = {};
    for (const name of ["givenName", "familyName"] as const) if (!person[name].trim()) found[name] = t("required");
    if (forOthers && person.relation !== "self" && !person.bookerName.trim()) found.bookerName = t("required");
    if (!isRealDate(person.birthDate)) found.birthDate = person.birthDate.trim() ? t("birthDateWrong") : t("required");
    if (!/^\S+@\S+\.\S+$/.test(person.email.trim())) found.email = t("emailWrong");
    else if (proved !== mailOf(person.email)) found.code = t("codeMissing");
    return found;
  };
}

/** The hyphens come by themselves as the digits do; what is erased stays erased. */
function spellDate(text: string, before: string): string {
  if (text.length < before.length) return text;
  const digits = text.replaceAll(/[^\d]/g, "").slice(0, 8);
  if (text.length > digits.length + 2) return text;
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(Boolean).join("-");
}
