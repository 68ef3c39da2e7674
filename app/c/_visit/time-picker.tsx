"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import { todayIn } from "#server/patient/today.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { startOfWeek } from "#server/schedule/week.ts";
import { type AppLocale, languageOf } from "../../_i18n/locale.ts";
import button from "../../_ui/plain-button/plain-button.module.css";
import { addDays, dayWords, wallMinutes } from "./days.ts";
import { Segments } from "./field.tsx";
import classes from "./time-picker.module.css";
import { useWide } from "./use-wide.ts";
import { type TimeChoice, WeekColumns } from "./week-columns.tsx";
import { WeekStrip } from "./week-strip.tsx";

interface TimePickerProps {
  /** The free times of the seven days from a Monday. */
  load: (monday: string) => Promise<readonly FreeTime[]>;
  /** Changed, the times are asked for again. */
  question: string;
  zoneOf: (time: Pick<FreeTime, "locationId">) => string;
  /** The zone of the first day shown. */
  zone: string;
  earliest: FreeTime | null;
  /** « Dre Anne-Sophie Gagnon, sur place ». */
  sayWho: (time: FreeTime) => string;
  chosen: Pick<FreeTime, "startsAt" | "locationId"> | null;
  onChoose: (time: FreeTime) => void;
  /** The nearest time, where taking it goes on at once; without it, it is chosen as any other. */
  onTake?: (time: FreeTime) => void;
  announce: (text: string) => void;
  onFailure: (error: unknown) => void;
  /** Below the week: the waiting list, where there is one. */
  children?: ReactNode;
}

/** The nearest time first, then a week at a time: side by side on a desk, a strip of days on a telephone. */
export function TimePicker(props: TimePickerProps) {
  const { load, question, zoneOf, zone, earliest, chosen, onChoose, announce, onFailure } = props;
  const t = useTranslations("booking.time");
  const locale = languageOf(useLocale() as AppLocale);
  const words = dayWords(locale);
  const wide = useWide();
  const today = todayIn(zone);
  const first = startOfWeek(today);
  const [monday, setMonday] = useState(() =>
    startOfWeek(chosen ? todayIn(zoneOf(chosen), chosen.startsAt) : (earliest?.day ?? today)),
  );
  const [part, setPart] = useState<"all" | "evening">("all");
  const [week, setWeek] = useState<{ of: string; times: readonly FreeTime[] }>();
  const asked = `${question} ${monday}`;

  const read = useCallback(async () => {
    try {
      const times = await load(monday);
      setWeek({ of: asked, times });
      announce(t("found", { count: times.length }));
    } catch (error) {
      onFailure(error);
    }
  }, [load, monday, asked, announce, onFailure, t]);
  // A week that somebody pages through, or another question: an answer of the network, not of what is on the page.
  useEffect(() => void read(), [read]);

  const shown = week?.of === asked ? week.times : undefined;
  const kept = shown?.filter((time) => part === "all" || wallMinutes(time.startsAt, zoneOf(time)) >= 1020);
  const days = Array.from({ length: 7 }, (_, at) => addDays(monday, at)).filter(
    (day, at) => at < 6 || (kept ?? []).some((time) => time.day === day),
  );
  const choice: TimeChoice = {
    days,
    today,
    times: kept,
    locale,
    sayTime: (time) => sayWhen(time.startsAt, zoneOf(time), locale, "time"),
    sayLong: (time) => sayWhen(time.startsAt, zoneOf(time), locale),
    isAfternoon: (time) => wallMinutes(time.startsAt, zoneOf(time)) >= 720,
    isChosen: (time) =>
      chosen !== null && chosen.startsAt.getTime() === time.startsAt.getTime() && chosen.locationId === time.locationId,
    onChoose,
  };

  const nowHere = new Date();
  const device = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [mine, theirs] = [sayWhen(nowHere, device, locale, "time"), sayWhen(nowHere, zone, locale, "time")];
  const zoneName =
    new Intl.DateTimeFormat(`${locale}-CA`, { timeZone: zone, timeZoneName: "longGeneric" })
      .formatToParts(nowHere)
      .find(({ type }) => type === "timeZoneName")?.value ?? zone;

  return (
    <div className={classes.picker}>
      <Segments
        legend={t("part")}
        quiet
        name="part"
        value={part}
        onChange={setPart}
        choices={[
          { value: "all", label: t("allDay") },
          { value: "evening", label: t("evening") },
        ]}
      />
      {earliest && (
        <section className={classes.earliest} aria-labelledby="earliest">
          <div>
            <h2 id="earliest" className={classes.earliestLabel}>
              {t("earliest")}
            </h2>
            <p className={classes.earliestWhen}>{sayWhen(earliest.startsAt, zoneOf(earliest), locale)}</p>
            <p className={classes.earliestWho}>{props.sayWho(earliest)}</p>
          </div>
          <button
            type="button"
            className={button.secondary}
            aria-label={`${t("take")}, ${sayWhen(earliest.startsAt, zoneOf(earliest), locale)}`}
            onClick={() => (props.onTake ?? onChoose)(earliest)}
          >
            {t("take")}
          </button>
        </section>
      )}
      <div className={classes.weekHead}>
        <h2 className={classes.weekTitle}>{t("week", { day: words.date(monday) })}</h2>
        <button
          type="button"
          className={classes.turn}
          aria-label={t("weekBefore")}
          disabled={monday <= first}
          onClick={() => setMonday(addDays(monday, -7))}
        >
          <Arrow d="M15 6l-6 6l6 6" />
        </button>
        <button
          type="button"
          className={classes.turn}
          aria-label={t("weekAfter")}
          onClick={() => setMonday(addDays(monday, 7))}
        >
          <Arrow d="M9 6l6 6l-6 6" />
        </button>
      </div>
      <div aria-busy={kept === undefined} className={classes.week}>
        {wide ? (
          <WeekColumns {...choice} label={t("week", { day: words.date(monday) })} />
        ) : (
          <WeekStrip key={asked} {...choice} label={t("week", { day: words.date(monday) })} />
        )}
        {kept?.length === 0 && (
          <p className={classes.fullWeek}>
            {earliest ? t("fullWeek") : t("nothing")}{" "}
            {earliest && startOfWeek(earliest.day) !== monday && (
              <button type="button" className={classes.link} onClick={() => setMonday(startOfWeek(earliest.day))}>
                {t("seeNext", { when: sayWhen(earliest.startsAt, zoneOf(earliest), locale, "short") })}
              </button>
            )}
          </p>
        )}
      </div>
      <p className={classes.zone}>
        {t("zone", { zone: zoneName })} {mine !== theirs && t("otherZone", { mine, theirs })}
      </p>
      {props.children}
    </div>
  );
}

function Arrow({ d }: { d: string }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d={d} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
