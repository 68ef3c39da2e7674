"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import { dayWords } from "./days.ts";
import classes from "./time-picker.module.css";
import { acrossDays, useTimeGrid } from "./use-time-grid.ts";

export interface TimeChoice {
  readonly days: readonly string[];
  readonly today: string;
  /** Undefined while they are on their way. */
  readonly times: readonly FreeTime[] | undefined;
  readonly locale: "fr" | "en";
  readonly sayTime: (time: FreeTime) => string;
  readonly sayLong: (time: FreeTime) => string;
  readonly isAfternoon: (time: FreeTime) => boolean;
  readonly isChosen: (time: FreeTime) => boolean;
  readonly onChoose: (time: FreeTime) => void;
}

/** More are behind « 4 autres ». */
const fewest = 5;

export const keyOf = (time: FreeTime): string => `${time.startsAt.toISOString()} ${time.locationId}`;

/**
 * A week side by side: mornings and afternoons stand on the same line across the days. To whoever hears it, a grid with a row for each day;
 * for the keys, one stop of Tab.
 */
export function WeekColumns({ label, ...choice }: TimeChoice & { label: string }) {
  const { days, today, times, locale } = choice;
  const t = useTranslations("booking.time");
  const words = dayWords(locale);
  const [whole, setWhole] = useState<readonly string[]>([]);
  const chosen = times?.find(choice.isChosen);
  const { grid, stop, focusNext } = useTimeGrid(chosen && keyOf(chosen), acrossDays);
  const help = useId();
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a table is made of rows, and these stand side by side. */}
      <div
        {...grid}
        role="grid"
        aria-label={label}
        aria-describedby={help}
        className={`${classes.columns} ${classes.walked}`}
        style={{ gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` }}
      >
        {days.map((day) => {
          const free = (times ?? []).filter((time) => time.day === day);
          const parts = [free.filter((time) => !choice.isAfternoon(time)), free.filter(choice.isAfternoon)] as const;
          const most = whole.includes(day) ? free.length : fewest;
          const hidden = parts.flatMap((part) => part.slice(most));
          const off = times !== undefined && free.length === 0;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as the grid it belongs to.
            // biome-ignore lint/a11y/useFocusableInteractive: the focus is on its times.
            <div key={day} role="row" data-day={day} className={classes.column} data-off={off || undefined}>
              {/* biome-ignore lint/a11y/useSemanticElements: as the grid it belongs to. */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: the focus is on its times. */}
              <div role="rowheader" className={classes.columnHead} data-today={day === today || undefined}>
                <span aria-hidden>{words.weekday(day)}</span>
                <strong aria-hidden>{words.number(day)}</strong>
                <span className="cv-visually-hidden">{words.full(day)}</span>
              </div>
              <div className={classes.part} role="none">
                {times === undefined && <Ghosts />}
                {off && (
                  <Cell>
                    <p className={classes.off}>
                      {day < today ? t("past") : day === today ? t("fullToday") : t("full")}
                    </p>
                  </Cell>
                )}
                <Times {...choice} free={parts[0].slice(0, most)} cell={stop} />
              </div>
              <div className={classes.part} role="none">
                {parts[1].length > 0 && (
                  <p className={classes.partLabel} aria-hidden>
                    {t("pm")}
                  </p>
                )}
                <Times {...choice} free={parts[1].slice(0, most)} cell={stop} />
                {hidden[0] && (
                  <Cell>
                    <button
                      type="button"
                      {...stop(`more ${day}`)}
                      className={classes.more}
                      aria-label={t("moreLabel", { count: hidden.length, day: words.full(day) })}
                      onClick={() => {
                        if (hidden[0]) focusNext(keyOf(hidden[0]));
                        setWhole([...whole, day]);
                      }}
                    >
                      {t("more", { count: hidden.length })}
                    </button>
                  </Cell>
                )}
              </div>
            </div>
          );
        })}
      </div>
      <p id={help} className={classes.keys}>
        {t("keys")}
      </p>
    </>
  );
}

interface TimesProps extends TimeChoice {
  readonly free: readonly FreeTime[];
  /** What makes each a stop of its grid's keys. */
  readonly cell: (key: string) => object;
}

/** Times as buttons that stay pressed; each says its whole date to whoever only hears it. */
export function Times({ free, cell, ...choice }: TimesProps) {
  return free.map((time) => (
    <Cell key={keyOf(time)}>
      <button
        type="button"
        {...cell(keyOf(time))}
        className={classes.time}
        aria-pressed={choice.isChosen(time)}
        aria-label={`${choice.sayTime(time)}, ${choice.sayLong(time)}`}
        onClick={() => choice.onChoose(time)}
      >
        {choice.sayTime(time)}
      </button>
    </Cell>
  ));
}

function Cell({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid it belongs to.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus is on what it holds.
    <div role="gridcell" className={classes.cell}>
      {children}
    </div>
  );
}

/** Where times will be. */
export const Ghosts = () => ["a", "b", "c"].map((key) => <span key={key} className={classes.ghost} aria-hidden />);
