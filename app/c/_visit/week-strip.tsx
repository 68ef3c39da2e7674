"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayWords } from "./days.ts";
import classes from "./time-picker.module.css";
import { Ghosts, type TimeChoice, Times } from "./week-columns.tsx";

/** A week on a telephone: a strip of days that says how many places each has, and the times of the one that is chosen. */
export function WeekStrip(choice: TimeChoice) {
  const { days, today, times, locale } = choice;
  const t = useTranslations("booking.time");
  const words = dayWords(locale);
  const chosenDay = times?.find(choice.isChosen)?.day;
  const [picked, setPicked] = useState<string>();
  const day = picked ?? chosenDay ?? times?.[0]?.day;
  const free = (times ?? []).filter((time) => time.day === day);
  const parts = [
    { key: "morning" as const, list: free.filter((time) => !choice.isAfternoon(time)) },
    { key: "afternoon" as const, list: free.filter(choice.isAfternoon) },
  ];
  return (
    <>
      <div className={classes.strip}>
        {days.map((one) => {
          const count = (times ?? []).filter((time) => time.day === one).length;
          const said = one < today ? t("past") : t("places", { count });
          return (
            <button
              key={one}
              type="button"
              className={classes.day}
              aria-pressed={one === day}
              disabled={times !== undefined && count === 0}
              onClick={() => setPicked(one)}
            >
              <span className={classes.dayName} aria-hidden>
                {words.short(one)}
              </span>
              <strong className={classes.dayNumber} aria-hidden>
                {words.number(one)}
              </strong>
              <span className="cv-visually-hidden">{words.full(one)}, </span>
              <span className={classes.dayCount}>{times && said}</span>
            </button>
          );
        })}
      </div>
      {times === undefined && (
        <div className={classes.grid}>
          <Ghosts />
        </div>
      )}
      {day &&
        parts
          .filter(({ list }) => list.length > 0)
          .map(({ key, list }) => (
            <section key={key} aria-label={t(key, { day: words.full(day) })}>
              <h3 className={classes.stripTitle}>{t(key, { day: words.full(day) })}</h3>
              <div className={classes.grid}>
                <Times {...choice} free={list} />
              </div>
            </section>
          ))}
    </>
  );
}
