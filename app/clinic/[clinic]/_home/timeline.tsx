"use client";

import { IconBarrierBlock, IconUsersGroup } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { useRowKeys } from "../../../_ui/data-table/use-row-keys.ts";
import type { GridEvent } from "../_schedule/columns.ts";
import { NoteMark } from "../_schedule/note-mark.tsx";
import { StateChip } from "../_schedule/state-chip.tsx";
import { minutesIn, stateIcons } from "../_schedule/states.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import type { NoteState } from "../_schedule/use-notes-of-day.ts";
import classes from "./day.module.css";

interface TimelineProps {
  events: readonly GridEvent[];
  words: AgendaWords;
  now: Date;
  /** Of the clinic's wall. */
  minute: number;
  /** The sitting that comes next. */
  next: string | undefined;
  agendaHref: string;
  /** For whoever writes in charts: opens the note of a visit. */
  onWrite: ((patientId: string, appointmentId: string) => void) | undefined;
  /** Where the note of a visit stands; absent while nothing is known of it. */
  noteOf: ((appointmentId: string) => NoteState) | undefined;
  label: string;
}

/**
 * One day, hour by hour, with the line of now between what was and what comes. Each row opens the note of its visit, and its hour the agenda; for whoever
 * writes none, the row does. */
export function Timeline({ events, words, now, minute, next, agendaHref, onWrite, noteOf, label }: TimelineProps) {
  const t = useTranslations("agenda");
  const onKeyDown = useRowKeys();
  const here = events.findIndex(({ from }) => from > minute);
  return (
    <ol className={classes.timeline} aria-label={label} onKeyDown={onKeyDown}>
      {events.map(({ id, sitting, state, visit, from }, index) => {
        const said = words.sitting(sitting);
        const href = `${agendaHref}?open=${id}`;
        const patientId = visit?.patientId;
        const write =
          onWrite && visit && patientId && state !== "cancelled" && state !== "noshow"
            ? () => onWrite(patientId, visit.id)
            : undefined;
        const timer = visit && minutesIn(visit, now);
        const note = write && noteOf?.(visit?.id ?? "");
        // Of a visit that is still to come, that nothing is written says nothing.
        const noted = note === "none" && state === "expected" && from > minute ? undefined : note;
        return (
          <Fragment key={id}>
            {index === here && (
              <li className={classes.now} aria-hidden>
                <span>{words.minute(minute)}</span>
              </li>
            )}
            <li
              className={classes.row}
              data-visit={state}
              data-block={sitting.kind === "block" || undefined}
              data-next={id === next || undefined}
            >
              {write ? (
                <Link
                  href={href}
                  prefetch={false}
                  className={classes.time}
                  data-link
                  aria-label={t("day.inAgenda", { time: said.time, name: said.title })}
                >
                  {said.time}
                </Link>
              ) : (
                <span className={classes.time}>{said.time}</span>
              )}
              <span className={classes.mark} data-visit={state} aria-hidden>
                {sitting.kind === "block" ? (
                  <IconBarrierBlock />
                ) : sitting.kind === "group" ? (
                  <IconUsersGroup />
                ) : (
                  state && stateIcons[state]
                )}
              </span>
              {write ? (
                <button
                  type="button"
                  className={classes.who}
                  title={t("writeNote")}
                  aria-label={t("day.write", { name: said.title })}
                  data-row-opener
                  onClick={write}
                >
                  {said.title}
                </button>
              ) : (
                <Link href={href} prefetch={false} className={classes.who} data-row-opener>
                  {said.title}
                </Link>
              )}
              <span className={classes.what}>{said.second}</span>
              <span className={classes.note}>{noted && <NoteMark state={noted} />}</span>
              <span className={classes.state}>
                {state && state !== "expected" && state !== "done" ? (
                  <StateChip
                    state={state}
                    more={
                      [visit && words.resource(visit.roomId), timer !== undefined && t("minutes", { count: timer })]
                        .filter(Boolean)
                        .join(" · ") || undefined
                    }
                  />
                ) : state === "done" ? (
                  t("states.done")
                ) : (
                  t("minutes", { count: sitting.durationMinutes })
                )}
              </span>
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}
