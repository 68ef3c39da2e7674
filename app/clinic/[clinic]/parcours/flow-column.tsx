"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { BoardRow, BoardView, ResourceView } from "#server/appointment/record.ts";
import { lateBy, lateFrom, waitedFor } from "../_schedule/flow.ts";
import { type Step, stateIcons, stateOf } from "../_schedule/states.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import classes from "./flow.module.css";
import { FlowCard } from "./flow-card.tsx";

export interface FlowColumnProps {
  step: Step;
  rows: readonly BoardRow[];
  board: BoardView;
  words: AgendaWords;
  now: Date;
  freeRooms: readonly ResourceView[];
  /** Somebody is left out by the filters. */
  filtered: boolean;
  mayWrite: boolean;
  agendaHref: string;
  /** The card whose rooms are offered. */
  roomsOpen: string | undefined;
  onRooms: (id: string | undefined) => void;
  roomFor: (row: BoardRow) => string | undefined;
  onAdvance: (row: BoardRow, to: Step, roomId?: string | null) => void;
}

/** Cards shown before « Montrer les suivantes »: a day of two hundred visits stays light. */
const page = 14;

/** One state and those who are in it. */
export function FlowColumn(props: FlowColumnProps) {
  const { step, rows, board, words, now, freeRooms } = props;
  const t = useTranslations("agenda.board");
  const states = useTranslations("agenda.states");
  const [pages, setPages] = useState(1);
  const shown = rows.slice(0, pages * page);
  const rest = rows.length - shown.length;
  const note = noteOf();
  const absent = rows.filter((row) => stateOf(row) === "noshow").length;
  const count = rows.length - absent;

  function noteOf(): string {
    if (step === "expected") {
      const late = rows.filter((row) => lateBy(row, now) >= lateFrom).length;
      return late > 0 ? t("lateOf", { count: late }) : "";
    }
    if (step === "arrived" && rows.length > 0) {
      return t("maxWait", { count: Math.max(...rows.map((row) => waitedFor(row, now))) });
    }
    if (step === "roomed" && rows.length > 0) return t("sinceEntry");
    const missed = rows.filter((row) => stateOf(row) === "noshow").length;
    return step === "done" && missed > 0 ? t("andAbsent", { count: missed }) : "";
  }

  return (
    <section className={classes.column} data-step={step} data-flow-column aria-labelledby={`flow-${step}`}>
      <div className={classes.columnHead}>
        <span className={classes.columnIcon} aria-hidden>
          {stateIcons[step]}
        </span>
        <h2 id={`flow-${step}`}>
          {states(step)} <span className={classes.count}>{count}</span>
        </h2>
        <span className={classes.columnNote}>{note}</span>
      </div>
      {rows.length === 0 && !props.filtered && <p className={classes.none}>{t(`empty.${step}`)}</p>}
      {rows.length === 0 && props.filtered && <p className={classes.none}>{t("noMatch")}</p>}
      <ul className={classes.cards}>
        {shown.map((row, index) => (
          <FlowCard
            key={row.id}
            row={row}
            first={index === 0}
            limit={board.waitLimitMinutes}
            words={words}
            now={now}
            rooms={board.resources}
            freeRooms={freeRooms}
            mayWrite={props.mayWrite}
            agendaHref={props.agendaHref}
            roomsOpen={props.roomsOpen === row.id}
            onRooms={props.onRooms}
            suggestedRoom={props.roomFor(row)}
            onAdvance={props.onAdvance}
          />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className={classes.more} onClick={() => setPages(pages + 2)}>
          {t(step === "done" ? "earlier" : "more", { count: Math.min(rest, page * 2) })}
        </button>
      )}
      {step === "roomed" && freeRooms.length > 0 && rows.length > 0 && (
        <p className={classes.freeRooms}>
          {t("freeRooms", {
            names: freeRooms
              .slice(0, 4)
              .map(({ name }) => name)
              .join(", "),
          })}
        </p>
      )}
    </section>
  );
}
