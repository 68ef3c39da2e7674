"use client";

import { useFormatter, useTranslations } from "next-intl";
import { PersonDisc } from "../../../_ui/person/person-disc.tsx";
import { type GridColumn, isVisit, lateness } from "../_schedule/columns.ts";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import { dayDate, type WallTime } from "../_schedule/wall-time.ts";
import classes from "./grid.module.css";

/** Minutes under which nobody is late. */
const lateFrom = 5;

/** Whose column it is, and how it runs. */
export function ResourceHead({ column, wall, words }: { column: GridColumn; wall: WallTime; words: AgendaWords }) {
  const t = useTranslations("agenda");
  const resource = column.resource;
  if (!resource) return null;
  const late = column.day === wall.day ? lateness(column.events, wall.minute) : 0;
  const visits = column.events.filter(isVisit).length;
  return (
    <>
      {resource.kind === "practitioner" && <PersonDisc name={resource.name} size={28} />}
      <span className={classes.names}>
        <strong className={classes.who}>{words.resource(resource.id)}</strong>
        {late >= lateFrom ? (
          <span className={classes.what} data-late>
            {t("late", { count: late })}
          </span>
        ) : (
          <span className={classes.what}>
            {resource.kind === "practitioner" ? t("visits", { count: visits }) : resource.type}
          </span>
        )}
      </span>
    </>
  );
}

/** A day of the week; it opens that day. */
export function DayHead({ column, onDay }: { column: GridColumn; onDay: (day: string) => void }) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const visits = column.events.filter(isVisit).length;
  return (
    <span className={classes.names}>
      <button type="button" className={classes.headLink} onClick={() => onDay(column.day)}>
        <strong className={classes.who}>
          {format.dateTime(dayDate(column.day), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })}
        </strong>
      </button>
      <span className={classes.what}>{t("visits", { count: visits })}</span>
    </span>
  );
}
