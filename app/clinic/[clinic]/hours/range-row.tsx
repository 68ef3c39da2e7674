"use client";

import { ActionIcon, Select } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconX } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { HoursRule } from "#server/schedule/hours/schema.ts";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { MinuteInput } from "../../../_ui/minute-input/minute-input.tsx";
import classes from "./hours.module.css";
import { isPlain } from "./rules.ts";

interface RangeRowProps {
  /** `rules-3`: what the errors of this range begin with. */
  id: string;
  day: string;
  rule: HoursRule;
  services: readonly ServiceRecord[] | undefined;
  errors: Record<string, string>;
  today: string;
  mayManage: boolean;
  onChange: (edit: Partial<HoursRule>) => void;
  onRemove: () => void;
}

const everyone = "all";

/** From one time to another; what makes it unlike the others (a service, an end, every second week) is folded away behind one button. */
export function RangeRow({ id, day, rule, services, errors, today, mayManage, onChange, onRemove }: RangeRowProps) {
  const t = useTranslations("hours.weeks");
  const format = useFormatter();
  const own = Object.keys(errors).filter((name) => name.startsWith(`${id}-`));
  const folded = own.every((name) => name.endsWith("Minute"));
  const [open, setOpen] = useState(false);
  const unfolded = open || !folded;
  const kind = rule.kind === "open" ? "open" : rule.newPatients ? "new" : "closed";
  const asDay = (text: string) => format.dateTime(new Date(`${text}T12:00:00Z`), "date");
  const time = (name: "fromMinute" | "untilMinute", label: string) => ({
    id: `${id}-${name}`,
    "aria-label": label,
    value: rule[name],
    error: errors[`${id}-${name}`],
    disabled: !mayManage,
    w: 112,
    onChange: (minute: number) => onChange({ [name]: minute }),
  });

  return (
    <div className={classes.range}>
      <div className={classes.line}>
        <span data-from>
          <MinuteInput {...time("fromMinute", t("from", { day }))} />
        </span>
        <span className={classes.to} aria-hidden>
          {t("to")}
        </span>
        <MinuteInput {...time("untilMinute", t("until", { day }))} />
        {mayManage && (
          <>
            <ActionIcon
              variant="subtle"
              color="ardoise"
              size={36}
              aria-label={t("details", { day })}
              title={t("details", { day })}
              aria-expanded={unfolded}
              onClick={() => setOpen(!unfolded)}
            >
              <IconAdjustmentsHorizontal size={18} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="ardoise"
              size={36}
              aria-label={t("remove", { day })}
              title={t("remove", { day })}
              onClick={onRemove}
            >
              <IconX size={18} />
            </ActionIcon>
          </>
        )}
        {!isPlain(rule, today) && (
          <span className={classes.chips}>
            {kind !== "open" && <Chip tone="attention">{t(`kinds.${kind}`)}</Chip>}
            {rule.serviceId && (
              <Chip>{services?.find((one) => one.id === rule.serviceId)?.name ?? t("oldService")}</Chip>
            )}
            {rule.everyWeeks > 1 && <Chip>{t("everyWeeks", { count: rule.everyWeeks })}</Chip>}
            {rule.validFrom > today && <Chip>{t("since", { day: asDay(rule.validFrom) })}</Chip>}
            {rule.validUntil && <Chip>{t("upTo", { day: asDay(rule.validUntil) })}</Chip>}
          </span>
        )}
      </div>
      {unfolded && (
        <div className={classes.details}>
          {services && (
            <>
              <Select
                label={t("kind")}
                data={(["open", "closed", "new"] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
                value={kind}
                onChange={(value) =>
                  onChange({ kind: value === "open" ? "open" : "closed", newPatients: value === "new" })
                }
              />
              <Select
                id={`${id}-serviceId`}
                label={t("service")}
                data={[
                  { value: everyone, label: t("allServices") },
                  ...services.map((one) => ({ value: one.id, label: one.name })),
                ]}
                value={rule.serviceId ?? everyone}
                onChange={(value) => onChange({ serviceId: value === everyone ? null : value })}
                error={errors[`${id}-serviceId`]}
              />
            </>
          )}
          <Select
            label={t("rhythm")}
            data={[1, 2, 3, 4, 5, 6, 7, 8].map((count) => ({
              value: String(count),
              label: t("everyWeeks", { count }),
            }))}
            value={String(rule.everyWeeks)}
            onChange={(value) => value && onChange({ everyWeeks: Number(value) })}
          />
          <DayInput
            label={t("validFrom")}
            value={rule.validFrom}
            onChange={(validFrom) => validFrom && onChange({ validFrom })}
            error={errors[`${id}-validFrom`]}
          />
          <DayInput
            label={t("validUntil")}
            value={rule.validUntil}
            onChange={(validUntil) => onChange({ validUntil })}
            error={errors[`${id}-validUntil`]}
          />
        </div>
      )}
    </div>
  );
}
