"use client";

import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./form.module.css";
import type { RegistrationValues } from "./values.ts";

interface ContactFieldsProps {
  values: RegistrationValues;
  set: (edit: Partial<RegistrationValues>) => void;
  errors: Record<string, string>;
}

/** « g1l3l5 » → « G1L 3L5 », once it is whole. */
function asPosted(text: string): string {
  const kept = text.toUpperCase().replace(/[\s-]/g, "");
  return /^[A-Z]\d[A-Z]\d[A-Z]\d$/.test(kept) ? `${kept.slice(0, 3)} ${kept.slice(3)}` : text;
}

/** « 4185550142 » → « 418 555-0142 »; anything else stays as it was typed. */
function asDialled(text: string): string {
  const [, area, first, last] = /^1?(\d{3})(\d{3})(\d{4})$/.exec(text.replace(/[\s().-]/g, "")) ?? [];
  return area ? `${area} ${first}-${last}` : text;
}

/** How to reach somebody, the way Québec writes it. */
export function ContactFields({ values, set, errors }: ContactFieldsProps) {
  const t = useTranslations("patients.form");
  const text = (name: "mobile" | "home" | "email" | "street" | "city" | "province" | "postalCode", more = {}) => (
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
  const phone = (name: "mobile" | "home") =>
    text(name, {
      type: "tel",
      inputMode: "tel",
      placeholder: "418 555-0142",
      onBlur: () => set({ [name]: asDialled(values[name]) }),
    });
  // A postal code alone is not an address: said while the hand is there, and not when all the rest is written.
  const isPostedOnly = values.postalCode.trim() !== "" && values.street.trim() === "";
  return (
    <>
      <div className={classes.three}>
        {phone("mobile")}
        {phone("home")}
        {text("email", { type: "email", inputMode: "email" })}
      </div>
      {text("street", {
        placeholder: t("streetExample"),
        ...(isPostedOnly && { withAsterisk: true, required: true, description: t("streetNeeded") }),
      })}
      <div className={classes.three}>
        {text("city")}
        {text("province")}
        {text("postalCode", { placeholder: "G1L 3L5", onBlur: () => set({ postalCode: asPosted(values.postalCode) }) })}
      </div>
    </>
  );
}
