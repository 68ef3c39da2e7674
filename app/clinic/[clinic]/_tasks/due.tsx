"use client";

import { useTranslations } from "next-intl";
import classes from "./tasks.module.css";

const dayMs = 86_400_000;

/** A day as one thinks of it: late by so many days, today, tomorrow, or the date; never by colour alone. */
export function Due({ on, today, closed = false }: { on: string | null; today: string; closed?: boolean }) {
  const t = useTranslations("tasks");
  if (!on) return null;
  const left = Math.round((Date.parse(on) - Date.parse(today)) / dayMs);
  if (closed || left > 1) return <span className={classes.due}>{on}</span>;
  if (left === 1) return <span className={classes.due}>{t("tomorrow")}</span>;
  return (
    <span className={classes.due} data-tone={left < 0 ? "late" : "today"} title={on}>
      {left < 0 ? t("lateBy", { count: -left }) : t("today")}
    </span>
  );
}
