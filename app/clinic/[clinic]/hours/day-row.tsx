"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { HoursRule } from "#server/schedule/hours/schema.ts";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import classes from "./hours.module.css";
import { RangeRow } from "./range-row.tsx";
import { nextRange, weekdays } from "./rules.ts";

interface DayRowProps {
  weekday: number;
  /** Those of the whole week: a range keeps its place in the list, which its errors name. */
  rules: readonly HoursRule[];
  onRules: (rules: HoursRule[]) => void;
  onCopy: (onto: number[]) => void;
  /** Absent for opening hours, which are for no service. */
  services: readonly ServiceRecord[] | undefined;
  errors: Record<string, string>;
  today: string;
  mayManage: boolean;
}

/** One day: its ranges in order, one more with « + », and the whole day copied onto others. */
export function DayRow({ weekday, rules, onRules, onCopy, services, errors, today, mayManage }: DayRowProps) {
  const t = useTranslations("hours.weeks");
  const days = useTranslations("hours.days");
  const name = days(`${weekday}` as "1");
  const list = useRef<HTMLDivElement>(null);
  const own = rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => rule.weekday === weekday);
  const workdays = [1, 2, 3, 4, 5].filter((day) => day !== weekday);

  function add() {
    const day = own.map(({ rule }) => rule);
    onRules([...rules, nextRange(day, weekday, today)]);
    // The new range is the last of the day, once it is drawn.
    requestAnimationFrame(() => {
      const inputs = list.current?.querySelectorAll<HTMLInputElement>("[data-from] input");
      inputs?.[inputs.length - 1]?.focus();
    });
  }

  return (
    <li className={classes.day} data-empty={own.length === 0 || undefined}>
      <h3 className={classes.dayName}>{name}</h3>
      <div className={classes.ranges} ref={list}>
        {own.length === 0 && <p className={classes.closed}>{t("closed")}</p>}
        {own.map(({ rule, index }) => (
          <RangeRow
            key={rule.id}
            id={`rules-${index}`}
            day={name}
            rule={rule}
            services={services}
            errors={errors}
            today={today}
            mayManage={mayManage}
            onChange={(edit) => onRules(rules.map((one, at) => (at === index ? { ...one, ...edit } : one)))}
            onRemove={() => onRules(rules.filter((_, at) => at !== index))}
          />
        ))}
      </div>
      {mayManage && (
        <div className={classes.dayActs}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t("addRange", { day: name })}
            title={t("addRange", { day: name })}
            onClick={add}
          >
            <IconPlus size={18} />
          </ActionIcon>
          <Menu position="bottom-end" withinPortal={false}>
            <Menu.Target>
              <ActionIcon
                variant="default"
                size={36}
                aria-label={t("copyDay", { day: name })}
                title={t("copyDay", { day: name })}
                disabled={own.length === 0}
              >
                <IconCopy size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onCopy(workdays)}>{t("ontoWorkdays")}</Menu.Item>
              <Menu.Item onClick={() => onCopy(weekdays.filter((day) => day !== weekday))}>{t("ontoAll")}</Menu.Item>
              <Menu.Divider />
              {weekdays
                .filter((day) => day !== weekday)
                .map((day) => (
                  <Menu.Item key={day} onClick={() => onCopy([day])}>
                    {days(`${day}`)}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </li>
  );
}
