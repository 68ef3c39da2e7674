"use client";

import { Checkbox, NumberInput, Select, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./book.module.css";

export interface Series {
  readonly frequency: "weekly" | "monthly";
  readonly every: number;
  readonly occurrences: number;
  readonly skipTaken: boolean;
}

interface BookSeriesProps {
  /** Undefined: once. */
  value: Series | undefined;
  onChange: (series: Series | undefined) => void;
}

/** Once, or again: how often and how many times. */
export function BookSeries({ value, onChange }: BookSeriesProps) {
  const t = useTranslations("agenda.book");
  return (
    <div className={classes.series}>
      <Switch
        label={t("repeat")}
        checked={value !== undefined}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { frequency: "weekly", every: 1, occurrences: 6, skipTaken: false }
              : undefined,
          )
        }
      />
      {value && (
        <>
          <div className={classes.triple}>
            <NumberInput
              label={t("every")}
              value={value.every}
              onChange={(every) => onChange({ ...value, every: Number(every) || 1 })}
              min={1}
              max={12}
              allowDecimal={false}
            />
            <Select
              label={t("frequency")}
              data={[
                { value: "weekly", label: t("weeks") },
                { value: "monthly", label: t("months") },
              ]}
              value={value.frequency}
              onChange={(frequency) => onChange({ ...value, frequency: frequency as "weekly" })}
              allowDeselect={false}
            />
            <NumberInput
              label={t("occurrences")}
              value={value.occurrences}
              onChange={(occurrences) => onChange({ ...value, occurrences: Number(occurrences) || 2 })}
              min={2}
              max={104}
              allowDecimal={false}
            />
          </div>
          <Checkbox
            label={t("skipTaken")}
            checked={value.skipTaken}
            onChange={(event) => onChange({ ...value, skipTaken: event.currentTarget.checked })}
          />
        </>
      )}
    </div>
  );
}
