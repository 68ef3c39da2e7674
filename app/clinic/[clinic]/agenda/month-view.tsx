"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { AgendaView } from "#server/appointment/record.ts";
import { columnOf, isVisit } from "../_schedule/columns.ts";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import { dayDate, weeksOfMonth } from "../_schedule/wall-time.ts";
import classes from "./month.module.css";

interface MonthViewProps {
  agenda: AgendaView;
  words: AgendaWords;
  date: string;
  who: readonly string[];
  onDay: (day: string) => void;
}

const shown = 3;

/** A month in weeks: how many visits each day has, and the first of them. A day opens its own page. */
export function MonthView({ agenda, words, date, who, onDay }: MonthViewProps) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const weeks = weeksOfMonth(date);
  const chosen = who.length > 0 ? agenda.resources.filter(({ id }) => who.includes(id)) : undefined;
  return (
    <div className={classes.scroll}>
      <table className={classes.month}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                <abbr title={format.dateTime(dayDate(day), { weekday: "long", timeZone: "UTC" })}>
                  {format.dateTime(dayDate(day), { weekday: "short", timeZone: "UTC" })}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const { events, open, closed } = columnOf(agenda, day, chosen);
                const visits = events.filter(isVisit);
                return (
                  <td
                    key={day}
                    data-other={day.slice(0, 7) !== date.slice(0, 7) || undefined}
                    data-closed={open.length === 0 || undefined}
                  >
                    <button
                      type="button"
                      className={classes.day}
                      aria-current={day === agenda.today ? "date" : undefined}
                      aria-label={`${words.date(day, "longDate")}, ${t("visits", { count: visits.length })}`}
                      onClick={() => onDay(day)}
                    >
                      <span className={classes.number}>{Number(day.slice(8))}</span>
                      <span className={classes.count}>
                        {visits.length > 0 && t("visits", { count: visits.length })}
                      </span>
                      {closed.slice(0, 1).map((span) => (
                        <span key={span.id} className={classes.line}>
                          {span.title || t(`closures.${span.reason as "leave"}`)}
                        </span>
                      ))}
                      {visits.slice(0, shown).map(({ id, sitting }) => (
                        <span key={id} className={classes.line}>
                          {words.minute(sitting.localMinute)} {words.sitting(sitting).title}
                        </span>
                      ))}
                      {visits.length > shown && (
                        <span className={classes.more}>{t("more", { count: visits.length - shown })}</span>
                      )}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
