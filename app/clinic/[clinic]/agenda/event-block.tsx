"use client";

import {
  IconBarrierBlock,
  IconPhone,
  IconRepeat,
  IconUserQuestion,
  IconUsersGroup,
  IconVideo,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type CSSProperties, memo, type ReactNode } from "react";
import type { GridEvent } from "../_schedule/columns.ts";
import { stateIcons } from "../_schedule/states.tsx";
import classes from "./event.module.css";

export interface EventWords {
  /** Who or what it is. */
  readonly title: string;
  /** Why, or which service: gives way first. */
  readonly second: string;
  /** « 10 h 20 ». */
  readonly time: string;
  /** The whole of it in one sentence, for who does not see it. */
  readonly label: string;
}

interface EventBlockProps {
  event: GridEvent;
  words: EventWords;
  /** Minutes waited or spent, where they count. */
  timer: number | undefined;
  /** The service's colour instead of the state's. */
  color: string | undefined;
  /** Of the grid's first hour, in minutes. */
  start: number;
  /** The one that Tab reaches. */
  reachable: boolean;
  current: boolean;
  moving: boolean;
  mayMove: boolean;
}

/** Under this many minutes there is one line, where the reason gives way. */
const oneLine = 26;

/** One sitting in its column. The grid answers its clicks, its drags and its keys. */
export const EventBlock = memo(function EventBlock(props: EventBlockProps) {
  const t = useTranslations("agenda");
  const { event, words, timer, color, start, reachable, current, moving, mayMove } = props;
  const { sitting, state, lane } = event;
  const length = Math.max(event.until - event.from, 5);
  const line = length <= oneLine || lane.lanes > 2;
  const place = {
    "--at": event.from - start,
    "--for": length,
    "--left": lane.lane / lane.lanes,
    "--wide": lane.span / lane.lanes,
    ...(lane.lanes > 1 && { "--between": "2px" }),
  } as CSSProperties;
  return (
    <li className={classes.place} style={place} data-moving={moving || undefined}>
      <button
        type="button"
        className={classes.event}
        data-event={event.id}
        data-kind={sitting.kind}
        data-visit={color ? undefined : state}
        data-service={color && state !== "cancelled" ? color : undefined}
        data-line={line || undefined}
        data-moves={mayMove || undefined}
        tabIndex={reachable ? 0 : -1}
        aria-current={current || undefined}
        aria-label={words.label}
      >
        <span className={classes.icon} aria-hidden>
          {iconOf(event)}
        </span>
        <span className={classes.words} aria-hidden>
          <span className={classes.name}>{words.title}</span>{" "}
          {line ? (
            <span className={classes.beside}>{words.second}</span>
          ) : (
            <span className={classes.second}>
              {words.time}
              {words.second && ` · ${words.second}`}
            </span>
          )}
        </span>
        {sitting.seriesId && (
          <span className={classes.over} title={t("ofSeries")} aria-hidden>
            <IconRepeat />
          </span>
        )}
        {timer !== undefined && (
          <span className={classes.timer} aria-hidden>
            {t("minutes", { count: timer })}
          </span>
        )}
      </button>
      {mayMove && <span className={classes.handle} data-handle={event.id} aria-hidden />}
    </li>
  );
});

function iconOf({ sitting, visit, state }: GridEvent): ReactNode {
  if (sitting.kind === "block") return <IconBarrierBlock />;
  if (sitting.kind === "group") return <IconUsersGroup />;
  if (visit && !visit.patientId && state === "expected") return <IconUserQuestion />;
  if (state === "expected" && sitting.mode === "phone") return <IconPhone />;
  if (state === "expected" && sitting.mode === "video") return <IconVideo />;
  return state ? stateIcons[state] : null;
}
