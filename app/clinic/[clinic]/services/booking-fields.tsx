"use client";

import { NumberInput, Select, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { serviceAudiences } from "#server/schedule/service/schema.ts";
import record from "../_record/record.module.css";
import type { ServiceFields } from "./service-form.tsx";
import classes from "./services.module.css";

const notices = [0, 30, 60, 120, 240, 720, 1440, 2880, 4320, 10_080];
const horizons = [7, 14, 30, 60, 90, 180, 365];
const cancelNotices = [0, 120, 240, 720, 1440, 2880, 4320];

/** Whether and how the public books: who, how long before, how far ahead, how many a day. */
export function BookingFields({ values, set, errors, labels }: ServiceFields) {
  const t = useTranslations("services");
  const lasting = (minutes: number) => {
    if (minutes === 0) return t("lasting.none");
    if (minutes % 1440 === 0) return t("lasting.days", { count: minutes / 1440 });
    return minutes % 60 === 0 ? t("lasting.hours", { count: minutes / 60 }) : t("minutes", { minutes });
  };
  const among = (
    name: "noticeMinutes" | "horizonDays" | "cancelNoticeMinutes",
    list: number[],
    say: (n: number) => string,
  ) => ({
    id: name,
    label: labels[name],
    data: [...new Set([...list, values[name]])].sort((a, b) => a - b).map((n) => ({ value: String(n), label: say(n) })),
    value: String(values[name]),
    error: errors[name],
    onChange: (value: string | null) => value && set({ [name]: Number(value) }),
  });

  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t("parts.booking")}</legend>
      <Switch
        id="online"
        label={labels.online}
        description={t("onlineHelp")}
        checked={values.online}
        onChange={(event) => set({ online: event.currentTarget.checked })}
      />
      {values.online && (
        <>
          <Select
            id="audience"
            label={labels.audience}
            data={serviceAudiences.map((value) => ({ value, label: t(`audiences.${value}`) }))}
            value={values.audience}
            onChange={(audience) => audience && set({ audience: audience as "new" })}
            description={values.audience === "code" ? t("code.help") : undefined}
          />
          <div className={record.pair}>
            <Select {...among("noticeMinutes", notices, lasting)} />
            <Select {...among("horizonDays", horizons, (count) => t("lasting.days", { count }))} />
            <Select {...among("cancelNoticeMinutes", cancelNotices, lasting)} />
            <NumberInput
              id="dailyLimit"
              label={labels.dailyLimit}
              placeholder={t("noLimit")}
              min={1}
              max={200}
              value={values.dailyLimit ?? ""}
              onChange={(limit) => set({ dailyLimit: limit === "" ? null : Number(limit) })}
              error={errors.dailyLimit}
            />
          </div>
        </>
      )}
    </fieldset>
  );
}
