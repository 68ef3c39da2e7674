"use client";

import { useTranslations } from "next-intl";
import type { AgendaView } from "#server/appointment/record.ts";
import { useRowKeys } from "../../../_ui/data-table/use-row-keys.ts";
import { columnOf } from "../_schedule/columns.ts";
import { StateChip } from "../_schedule/state-chip.tsx";
import { minutesIn } from "../_schedule/states.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import classes from "./list.module.css";

interface ListViewProps {
  agenda: AgendaView;
  words: AgendaWords;
  days: readonly string[];
  who: readonly string[];
  now: Date;
  open: string | undefined;
  onOpen: (id: string) => void;
}

/** Visits one under the other, day after day: what a phone has room for, and what a screen reader walks fastest. */
export function ListView({ agenda, words, days, who, now, open, onOpen }: ListViewProps) {
  const t = useTranslations("agenda");
  const onKeyDown = useRowKeys();
  const chosen = who.length > 0 ? agenda.resources.filter(({ id }) => who.includes(id)) : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys only move the focus between the buttons inside.
    <div className={classes.scroll} onKeyDown={onKeyDown}>
      {days.map((day) => {
        const { events } = columnOf(agenda, day, chosen);
        const rows = [...events].sort((one, other) => one.from - other.from);
        return (
          <section key={day} aria-labelledby={`day-${day}`} className={classes.day}>
            <h2 className={classes.title} id={`day-${day}`}>
              {words.date(day, "longDate")} <span>{rows.length === 0 && t("nothing")}</span>
            </h2>
            <ul className={classes.rows}>
              {rows.map(({ id, sitting, state, visit }) => {
                const said = words.sitting(sitting);
                const timer = visit && day === agenda.today ? minutesIn(visit, now) : undefined;
                return (
                  <li key={id} className={classes.row} data-off={state === "cancelled" || undefined}>
                    <span className={classes.time}>{said.time}</span>
                    <button
                      type="button"
                      className={classes.opener}
                      data-row-opener
                      aria-current={id === open || undefined}
                      onClick={() => onOpen(id)}
                    >
                      {said.title}
                    </button>
                    <span className={classes.what}>
                      {[said.second, words.resource(sitting.resourceId)].filter(Boolean).join(" · ")}
                    </span>
                    <span className={classes.state}>
                      {state && sitting.kind === "visit" && sitting.status !== "held" ? (
                        <StateChip state={state} more={timer !== undefined && t("minutes", { count: timer })} />
                      ) : (
                        t("minutes", { count: sitting.durationMinutes })
                      )}
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
