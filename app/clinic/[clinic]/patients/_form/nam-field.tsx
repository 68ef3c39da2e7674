"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { isRealDate, namWarnings, parseNam } from "#server/patient/nam.ts";
import { namStatuses } from "#server/patient/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import classes from "./form.module.css";
import type { PersonValues } from "./values.ts";

interface NamFieldProps {
  values: PersonValues;
  set: (edit: Partial<PersonValues>) => void;
  errors: Record<string, string>;
  timeZone: string;
  /** The number on record, masked, when there is one. */
  masked?: string | null;
}

/** `AAAA 9999 9999` as it is typed, whatever stands between. */
function asOnTheCard(text: string): string {
  const kept = text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, 12);
  return kept.replace(/^(.{4})(?=.)/, "$1 ").replace(/^(.{9})(?=.)/, "$1 ");
}

/** 2611 → 2026-11, as cards print it. */
function asMonth(text: string): string {
  const digits = text.replace(/\D/g, "");
  if (/^\d{4}-\d{2}$/.test(text.trim()) || digits.length < 4) return text;
  const [year, month] =
    digits.length === 6 ? [digits.slice(0, 4), digits.slice(4)] : [`20${digits.slice(0, 2)}`, digits.slice(2, 4)];
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month}` : text;
}

/** The NAM: written as on the card, read at once; it proposes what it says of the person, and warns of what disagrees (AC-51, AC-52). */
export function NamField({ values, set, errors, timeZone, masked }: NamFieldProps) {
  const t = useTranslations("patients.form");
  const today = todayIn(timeZone);
  const written = values.nam.replace(/\s/g, "");
  const read = written.length === 12 ? parseNam(written, today) : undefined;
  const nam = typeof read === "object" ? read : undefined;
  const onParent = values.namStatus === "newborn-on-parent";
  const warnings = nam
    ? namWarnings(
        nam,
        { ...values, birthDate: values.birthDate && isRealDate(values.birthDate) ? values.birthDate : null },
        onParent,
      )
    : [];
  const named = values.familyName.trim() !== "" && values.givenName.trim() !== "";
  const told = warnings.filter((one) => one !== "names" || named);
  const asks = told.length > 0 || errors.namReason !== undefined || values.namReason !== "";

  function write(text: string) {
    const next = asOnTheCard(text);
    const whole = parseNam(next, today);
    const edit: Partial<PersonValues> = { nam: next };
    // What is empty is proposed; what somebody wrote is theirs.
    if (typeof whole === "object" && !onParent) {
      if (!values.sex) edit.sex = whole.sex;
      if (!values.birthDate && whole.birthDates.length === 1) edit.birthDate = whole.birthDates[0] ?? null;
      if (values.namStatus === "absent" || values.namStatus === "out-of-province") edit.namStatus = "valid";
    }
    set(edit);
  }

  return (
    <div className={classes.nam}>
      <div className={classes.namRow}>
        <TextInput
          id="nam"
          label={t("nam")}
          placeholder={masked ?? t("namExample")}
          value={values.nam}
          onChange={(event) => write(event.currentTarget.value)}
          error={errors.nam ?? (read === "format" ? t("namFormat") : read === "date" ? t("namDate") : undefined)}
          autoComplete="off"
          spellCheck={false}
          className={classes.mono}
        />
        <TextInput
          id="namExpiry"
          label={t("expiry")}
          placeholder={t("expiryExample")}
          value={values.namExpiry}
          onChange={(event) => set({ namExpiry: event.currentTarget.value })}
          onBlur={(event) => set({ namExpiry: asMonth(event.currentTarget.value) })}
          error={errors.namExpiry}
          inputMode="numeric"
          autoComplete="off"
        />
        <Select
          id="namStatus"
          label={t("namStatus")}
          data={namStatuses.map((value) => ({ value, label: t(`namStatuses.${value}`) }))}
          value={values.namStatus}
          onChange={(next) => next && set({ namStatus: next as PersonValues["namStatus"] })}
          allowDeselect={false}
          error={errors.namStatus}
        />
      </div>
      {nam && !onParent && !values.birthDate && nam.birthDates.length > 1 && (
        <p className={classes.proposes} role="status">
          {t("fromNam")}
          {nam.birthDates.map((birthDate) => (
            <Button key={birthDate} size="compact-sm" variant="default" onClick={() => set({ birthDate })}>
              {t("take", { date: birthDate })}
            </Button>
          ))}
        </p>
      )}
      {nam && told.length === 0 && (values.birthDate || named) && (
        <p className={classes.agrees} role="status">
          {t("namAgrees")}
        </p>
      )}
      {asks && (
        <div className={classes.warns}>
          {told.length > 0 && (
            <div role="status">
              <p>{t("namWarns")}</p>
              <ul>
                {told.map((warning) => (
                  <li key={warning}>{t(`warnings.${warning}`)}</li>
                ))}
              </ul>
            </div>
          )}
          <TextInput
            id="namReason"
            label={t("reason")}
            placeholder={t("reasonExample")}
            value={values.namReason}
            onChange={(event) => set({ namReason: event.currentTarget.value })}
            error={errors.namReason}
            maxLength={300}
            autoComplete="off"
          />
        </div>
      )}
    </div>
  );
}
