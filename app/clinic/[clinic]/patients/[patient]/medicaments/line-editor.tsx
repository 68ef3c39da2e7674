"use client";

import { Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import {
  doseExample,
  type Frequency,
  frequencyCodes,
  frequencyWords,
  missingParts,
  readDose,
  readDuration,
  readQuantity,
  readsTwice,
  sayDose,
  unitFits,
} from "#server/medication/posology.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import classes from "./medications.module.css";

interface LineEditorProps {
  item: PrescriptionItem;
  onChange: (edit: Partial<PrescriptionItem>) => void;
  onFavourite: () => void;
  /** Asked to be complete: what lacks is said beside its field. */
  asked: boolean;
}

/** How one drug is taken, in place. Doses and durations are typed as people write them: « 1,5 co », « 3 mois ». */
export function LineEditor({ item, onChange, onFavourite, asked }: LineEditorProps) {
  const t = useTranslations("medications");
  const e = useTranslations("errors.medication");
  const language = languageOf(useLocale());
  const decimal = (value: string) => (language === "fr" ? value.replace(".", ",") : value);
  const [dose, setDose] = useState(sayDose(item, language));
  const [duration, setDuration] = useState(item.durationDays ? t("days", { count: item.durationDays }) : "");
  const [quantity, setQuantity] = useState<string>();
  const [repeats, setRepeats] = useState(item.repeats === null ? "" : String(item.repeats));
  const lacks = asked ? missingParts(item) : [];
  const missing = (part: (typeof lacks)[number]) => (lacks.includes(part) ? t("missing") : undefined);
  const read = readDose(dose);
  const doseFault =
    dose === ""
      ? missing("dose")
      : readsTwice(dose)
        ? e("readsTwice")
        : !read
          ? e("unit")
          : unitFits(item.form, read.doseUnit)
            ? undefined
            : e("unitForm");

  function typeDose(text: string) {
    setDose(text);
    const found = readDose(text);
    const fits = found && unitFits(item.form, found.doseUnit);
    onChange(fits ? found : { dose: "", doseHigh: "", doseUnit: "" });
  }

  return (
    <div className={classes.editor}>
      <div className={classes.fields}>
        <TextInput
          label={t("strength")}
          value={item.strength}
          onChange={(event) => onChange({ strength: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          label={t("dose")}
          value={dose}
          placeholder={doseExample(item.form, language)}
          error={doseFault}
          onChange={(event) => typeDose(event.currentTarget.value)}
          autoComplete="off"
          data-first
        />
        <Select
          label={t("frequency")}
          data={frequencyCodes.map((value) => ({ value, label: frequencyWords(value, language) }))}
          value={item.frequency || null}
          error={missing("frequency")}
          onChange={(value) => onChange({ frequency: (value ?? "") as Frequency | "" })}
          searchable
          selectFirstOptionOnChange
        />
        <TextInput
          label={t("duration")}
          value={duration}
          placeholder={language === "fr" ? "90 j" : "90 d"}
          error={duration !== "" && readDuration(duration) === undefined ? e("duration") : missing("durationDays")}
          onChange={(event) => {
            setDuration(event.currentTarget.value);
            onChange({ durationDays: readDuration(event.currentTarget.value) ?? null });
          }}
          autoComplete="off"
        />
        <TextInput
          label={t("repeatsLong")}
          value={repeats}
          inputMode="numeric"
          error={repeats !== "" && item.repeats === null ? e("repeats") : missing("repeats")}
          onChange={(event) => {
            const text = event.currentTarget.value.trim();
            setRepeats(text);
            onChange({ repeats: /^\d{1,2}$/.test(text) && Number(text) <= 24 ? Number(text) : null });
          }}
          autoComplete="off"
        />
        <TextInput
          label={t("quantityLong")}
          value={quantity ?? decimal(item.quantity)}
          inputMode="decimal"
          error={
            quantity && !readQuantity(quantity)
              ? e(readsTwice(quantity) ? "readsTwice" : "number")
              : missing("quantity")
          }
          onChange={(event) => {
            setQuantity(event.currentTarget.value);
            onChange({ quantity: readQuantity(event.currentTarget.value) ?? "" });
          }}
          onBlur={() => setQuantity(undefined)}
          autoComplete="off"
        />
      </div>
      <div className={classes.more}>
        <TextInput
          label={t("instructions")}
          value={item.instructions}
          placeholder={t("instructionsExample")}
          onChange={(event) => onChange({ instructions: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          label={t("noSubstitution")}
          value={item.noSubstitution}
          placeholder={t("optional")}
          onChange={(event) => onChange({ noSubstitution: event.currentTarget.value })}
          autoComplete="off"
        />
        <Textarea
          label={t("note")}
          value={item.note}
          placeholder={t("optional")}
          autosize
          minRows={1}
          maxRows={5}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </div>
      <div className={classes.acts}>
        <Checkbox
          label={t("asNeeded")}
          checked={item.asNeeded}
          onChange={(event) => onChange({ asNeeded: event.currentTarget.checked })}
        />
        <Button variant="subtle" size="compact-sm" onClick={onFavourite}>
          {t("favouriteAdd")}
        </Button>
      </div>
    </div>
  );
}
