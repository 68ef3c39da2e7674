"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconCopy } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { z } from "zod";
import type { HoursWeek } from "#server/schedule/hours/record.ts";
import { type HoursRule, hoursRules } from "#server/schedule/hours/schema.ts";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { sayMinute } from "../../../_ui/minute-input/wall-time.ts";
import { useToast, withdrawToasts } from "../../../_ui/toast/toast.tsx";
import { RecordFields } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { DayRow } from "./day-row.tsx";
import classes from "./hours.module.css";
import { copyDay, copyWeek, openMinutes, weekdays } from "./rules.ts";

interface WeekEditorProps {
  /** null: the opening hours of the location. */
  resourceId: string | null;
  week: HoursWeek;
  services: readonly ServiceRecord[];
  /** Whose week may be copied. */
  others: readonly ResourceRecord[];
  today: string;
  mayManage: boolean;
  onSaved: () => void;
}

/** A whole week in one view, saved in one gesture: two times make a range, Enter saves, a day is copied onto others. */
export function WeekEditor({ resourceId, week, services, others, today, mayManage, onSaved }: WeekEditorProps) {
  const t = useTranslations("hours.weeks");
  const days = useTranslations("hours.days");
  const language = languageOf(useLocale());
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const subject = `hours ${resourceId ?? "doors"} ${week.locationId}`;
  const form = useRecordForm<{ rules: HoursRule[] }>({
    draft: subject,
    schema: z.object({ rules: hoursRules }),
    start: { rules: week.rules },
    version: week.version,
    onSaved: () => {
      toast({ message: t("saved"), of: { [subject]: 0 } });
      onSaved();
    },
    send: ({ rules }, version) =>
      client.schedule.hours.replace.mutate({ resourceId, locationId: week.locationId, version, rules }),
  });
  const { rules } = form.values;
  const setRules = (next: HoursRule[]) => form.set({ rules: next });
  // Taking a copy back would lose what was written on it since, and means nothing on another week.
  const copied = useRef<HoursRule[]>(undefined);
  useEffect(() => {
    if (rules !== copied.current) withdrawToasts((id) => id === subject);
  }, [rules, subject]);
  useEffect(() => () => withdrawToasts((id) => id === subject), [subject]);
  const changed = JSON.stringify(rules) !== JSON.stringify(week.rules);
  const dayOf = (rule: HoursRule | undefined) => days(`${rule?.weekday ?? 1}` as "1");

  /** « rules-3-fromMinute » is said by its day, at the head of the form too. */
  const labels = Object.fromEntries(Object.keys(form.errors).map((id) => [id, dayOf(rules[Number(id.split("-")[1])])]));
  const sayWeek = (from: { rules: HoursRule[] }) =>
    weekdays
      .flatMap((weekday) => {
        const ranges = from.rules.filter((rule) => rule.weekday === weekday);
        if (ranges.length === 0) return [];
        const times = ranges.map(
          (one) => `${sayMinute(one.fromMinute, language)} – ${sayMinute(one.untilMinute, language)}`,
        );
        return `${days(`${weekday}`)} ${times.join(", ")}`;
      })
      .join("; ");

  async function copyFrom(id: string) {
    try {
      const theirs = (await client.schedule.hours.read.query({ resourceId: id })).find(
        ({ locationId }) => locationId === week.locationId,
      );
      if (!theirs || theirs.rules.length === 0) return toast({ message: t("nothingToCopy"), tone: "danger" });
      const before = rules;
      copied.current = copyWeek(theirs.rules, today);
      setRules(copied.current);
      toast({ message: t("copied"), of: { [subject]: 0 }, onUndo: () => setRules(before) });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
  }

  const total = openMinutes(rules, today);
  return (
    <RecordFields
      labels={labels}
      form={form}
      differences={form.differences({ rules: t("week") }, (_, from) => sayWeek(from))}
    >
      {mayManage && others.length > 0 && resourceId && (
        <div className={classes.acts}>
          <Menu position="bottom-start" withinPortal={false}>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconCopy size={16} aria-hidden />}
                rightSection={<IconChevronDown size={16} aria-hidden />}
              >
                {t("copyFrom")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => void copyFrom(id)}>
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
      <ul className={classes.week}>
        {weekdays.map((weekday) => (
          <DayRow
            key={weekday}
            weekday={weekday}
            rules={rules}
            onRules={setRules}
            onCopy={(onto) => setRules(copyDay(rules, weekday, onto))}
            services={resourceId ? services : undefined}
            errors={form.errors}
            today={today}
            mayManage={mayManage}
          />
        ))}
      </ul>
      <div className={classes.foot} data-acts-below>
        {mayManage && (
          <>
            <Button type="submit" loading={form.busy} disabled={!changed}>
              {t("save")}
            </Button>
            {changed && (
              <Button variant="subtle" onClick={form.startOver}>
                {t("drop")}
              </Button>
            )}
          </>
        )}
        <span className={classes.total}>
          {t("total", { hours: Math.floor(total / 60), minutes: String(total % 60).padStart(2, "0") })}
        </span>
      </div>
    </RecordFields>
  );
}
