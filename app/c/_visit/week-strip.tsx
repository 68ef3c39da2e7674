"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { dayWords } from "./days.ts";
import classes from "./time-picker.module.css";
import { inLines, useTimeGrid } from "./use-time-grid.ts";
import { Ghosts, keyOf, type TimeChoice, Times } from "./week-columns.tsx";

/**
 * A week on a telephone: a strip of days that says how many places each has, and the times of the one that is chosen. For the keys, two stops of Tab:
 * the days, then the times, a grid with a row for each part of the day.
 */
export function WeekStrip({ label, ...choice }: TimeChoice & { label: string }) {
  const { days, today, times, locale } = choice;
  const t = useTranslations("booking.time");
  const words = dayWords(locale);
  const chosenDay = times?.find(choice.isChosen)?.day;
  const [picked, setPicked] = useState<string>();
  const day = picked ?? chosenDay ?? times?.[0]?.day;
  const chosen = times?.find((time) => time.day === day && choice.isChosen(time));
  const strip = useTimeGrid(day, inLines);
  const { grid, stop } = useTimeGrid(chosen && keyOf(chosen), inLines);
  const help = useId();
  const free = (times ?? []).filter((time) => time.day === day);
  const parts = [
    { key: "morning" as const, list: free.filter((time) => !choice.isAfternoon(time)) },
    { key: "afternoon" as const, list: free.filter(choice.isAfternoon) },
  ];
  return (
    <>
      <div {...strip.grid} role="toolbar" aria-label={label} className={classes.strip}>
        {days.map((one) => {
          const count = (times ?? []).filter((time) => time.day === one).length;
          const said = one < today ? t("past") : t("places", { count });
          return (
            <button
              key={one}
              type="button"
              {...strip.stop(one)}
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
      {day && free.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: its cells flow on as many lines as they need, which a table's do not. */}
          <div
            {...grid}
            role="grid"
            aria-label={words.full(day)}
            aria-describedby={help}
            className={`${classes.parts} ${classes.walked}`}
          >
            {parts
              .filter(({ list }) => list.length > 0)
              .map(({ key, list }) => (
                // biome-ignore lint/a11y/useSemanticElements: as the grid it belongs to.
                // biome-ignore lint/a11y/useFocusableInteractive: the focus is on its times.
                <div key={key} role="row">
                  {/* biome-ignore lint/a11y/useSemanticElements: as the grid it belongs to. */}
                  {/* biome-ignore lint/a11y/useFocusableInteractive: the focus is on its times. */}
                  <div role="rowheader" className={classes.stripTitle}>
                    {t(key, { day: words.full(day) })}
                  </div>
                  <div className={classes.grid} role="none">
                    <Times {...choice} free={list} cell={stop} />
                  </div>
                </div>
              ))}
          </div>
          <p id={help} className={classes.keys}>
            {t("keysOfDay")}
          </p>
        </>
      )}
    </>
  );
}
