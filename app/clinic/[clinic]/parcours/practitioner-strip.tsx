"use client";

import { useTranslations } from "next-intl";
import type { BoardView } from "#server/appointment/record.ts";
import { PersonDisc } from "../../../_ui/person/person-disc.tsx";
import { lateFrom, runsLate } from "../_schedule/flow.ts";
import { stateOf } from "../_schedule/states.tsx";
import classes from "./flow.module.css";

interface PractitionerStripProps {
  board: BoardView;
  now: Date;
  who: string | undefined;
  onChange: (who: string | undefined) => void;
}

/** How each professional's day runs, in words; pressed, only their people stay on the board. */
export function PractitionerStrip({ board, now, who, onChange }: PractitionerStripProps) {
  const t = useTranslations("agenda.board");
  const agenda = useTranslations("agenda");
  const leaders = board.resources.filter(({ id }) => board.rows.some(({ resourceId }) => resourceId === id));
  if (leaders.length < 2) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own box, and this is no form.
    <div className={classes.strip} role="group" aria-label={agenda("whose")}>
      {leaders.map(({ id, name }) => {
        const theirs = board.rows.filter(({ resourceId }) => resourceId === id);
        const late = runsLate(theirs, now);
        const left = theirs.filter((row) => ["expected", "arrived", "roomed"].includes(stateOf(row))).length;
        return (
          <button
            key={id}
            type="button"
            className={classes.leader}
            aria-pressed={who === id}
            onClick={() => onChange(who === id ? undefined : id)}
          >
            <PersonDisc name={name} size={28} />
            <span className={classes.leaderWords}>
              <strong>{name}</strong>
              <span>
                <span className={classes.pace} data-late={late >= lateFrom || undefined}>
                  {late >= lateFrom ? agenda("late", { count: late }) : t("onTime")}
                </span>{" "}
                · {t("toSee", { count: left })}
              </span>
            </span>
          </button>
        );
      })}
    </div>
  );
}
