"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import { dayWords } from "./days.ts";
import classes from "./time-picker.module.css";

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

/** A week side by side: mornings and afternoons stand on the same line across the days. */
export function WeekColumns(choice: TimeChoice) {
  const { days, today, times, locale } = choice;
  const t = useTranslations("booking.time");
  const words = dayWords(locale);
  const [whole, setWhole] = useState<readonly string[]>([]);
  return (
    <div className={classes.columns} style={{ gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` }}>
      {days.map((day) => {
        const free = (times ?? []).filter((time) => time.day === day);
        const all = whole.includes(day);
        const parts = [free.filter((time) => !choice.isAfternoon(time)), free.filter(choice.isAfternoon)] as const;
        const hidden = all ? 0 : parts.reduce((sum, part) => sum + Math.max(0, part.length - fewest), 0);
        const off = times !== undefined && free.length === 0;
        return (
          <section key={day} className={classes.column} aria-label={words.full(day)} data-off={off || undefined}>
            <h3 className={classes.columnHead} data-today={day === today || undefined}>
              <span>{words.weekday(day)}</span>
              <strong>{words.number(day)}</strong>
            </h3>
            <div className={classes.part}>
              {times === undefined && <Ghosts />}
              {off && (
                <p className={classes.off}>{day < today ? t("past") : day === today ? t("fullToday") : t("full")}</p>
              )}
              <Times {...choice} free={all ? parts[0] : parts[0].slice(0, fewest)} />
            </div>
            <div className={classes.part}>
              {parts[1].length > 0 && <p className={classes.partLabel}>{t("pm")}</p>}
              <Times {...choice} free={all ? parts[1] : parts[1].slice(0, fewest)} />
              {hidden > 0 && (
                <button
                  type="button"
                  className={classes.more}
                  aria-label={t("moreLabel", { count: hidden, day: words.full(day) })}
                  onClick={() => setWhole([...whole, day])}
                >
                  {t("more", { count: hidden })}
                </button>
              )}
            </div>
          </section>
        );
      })}
    </div>
  );
}

/** Times as buttons that stay pressed; each says its whole date to whoever only hears it. */
export function Times({ free, ...choice }: TimeChoice & { free: readonly FreeTime[] }) {
  return free.map((time) => (
    <button
      key={`${time.startsAt.toISOString()} ${time.locationId}`}
      type="button"
      className={classes.time}
      aria-pressed={choice.isChosen(time)}
      aria-label={`${choice.sayTime(time)}, ${choice.sayLong(time)}`}
      onClick={() => choice.onChoose(time)}
    >
      {choice.sayTime(time)}
    </button>
  ));
}

/** Where times will be. */
export const Ghosts = () => ["a", "b", "c"].map((key) => <span key={key} className={classes.ghost} aria-hidden />);
