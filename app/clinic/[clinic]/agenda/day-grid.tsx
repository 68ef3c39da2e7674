"use client";

import { IconBan, IconClock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useState,
} from "react";
import type { AgendaView } from "#server/appointment/record.ts";
import type { GridColumn, GridEvent, Span } from "../_schedule/columns.ts";
import { minutesIn } from "../_schedule/states.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import type { WallTime } from "../_schedule/wall-time.ts";
import { Essentials } from "./essentials.tsx";
import { EventBlock } from "./event-block.tsx";
import classes from "./grid.module.css";
import type { Proposal } from "./use-mover.ts";
import { useResting } from "./use-resting.ts";

/** Minutes to which a click in an empty place is rounded down. */
const clickStep = 10;

interface DayGridProps {
  agenda: AgendaView;
  words: AgendaWords;
  columns: readonly GridColumn[];
  /** What stands over each column. */
  heads: readonly ReactNode[];
  hours: Span;
  now: Date;
  wall: WallTime;
  open: string | undefined;
  colour: "state" | "service";
  mayWrite: boolean;
  proposal: Proposal | undefined;
  refused: boolean;
  frame: RefObject<HTMLDivElement | null>;
  onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void;
  /** Whether the click that follows was the end of a drag. */
  dragged: RefObject<boolean>;
  onOpen: (id: string) => void;
  onPick: (column: GridColumn, minute: number) => void;
}

/** Hours down the side, one column per person, room or day. Arrows walk from visit to visit, Enter opens. */
export function DayGrid(props: DayGridProps) {
  const t = useTranslations("agenda");
  const { agenda, words, columns, hours, wall, now, proposal, frame } = props;
  const [focused, setFocused] = useState<string>();
  const length = hours.until - hours.from;
  const marks = Array.from({ length: length / 60 }, (_, index) => hours.from + index * 60);
  const nowAt = wall.minute >= hours.from && wall.minute <= hours.until ? wall.minute - hours.from : undefined;
  const showsToday = columns.some(({ day }) => day === wall.day);
  const reachable = useMemo(
    () => reachableEvent(columns, focused, props.open, wall),
    [columns, focused, props.open, wall],
  );
  const colors = useMemo(() => new Map(agenda.services.map(({ id, color }) => [id, color])), [agenda.services]);

  const [firstHour] = useState(() => (showsToday ? Math.max(hours.from, wall.minute - 90) : Math.max(hours.from, 480)));
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    // Once: a day opens a little before now, or at the hour when clinics do.
    const column = element.querySelector("[data-column]");
    const perMinute = (column?.clientHeight ?? 0) / length;
    element.scrollTop = (firstHour - hours.from) * perMinute;
  }, [frame, firstHour, hours.from, length]);

  function onClick(event: MouseEvent<HTMLElement>) {
    if (props.dragged.current) {
      props.dragged.current = false;
      return;
    }
    if (!(event.target instanceof Element)) return;
    const block = event.target.closest<HTMLElement>("[data-event]");
    if (block?.dataset.event) return props.onOpen(block.dataset.event);
    const element = event.target.closest<HTMLElement>("[data-column]");
    const column = columns[Number(element?.dataset.column)];
    if (!element || !column || !props.mayWrite) return;
    const { top, height } = element.getBoundingClientRect();
    const at = hours.from + ((event.clientY - top) / height) * length;
    props.onPick(column, Math.floor(at / clickStep) * clickStep);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.defaultPrevented || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.event) return;
    const next = neighbour(columns, event.target.dataset.event, event.key);
    if (!next) return;
    event.preventDefault();
    frame.current?.querySelector<HTMLElement>(`[data-event="${next}"]`)?.focus();
  }

  const rest = useResting(proposal !== undefined);
  const rested = columns.flatMap(({ events }) => events).find(({ id }) => id === rest.resting?.id && id !== props.open);

  const style = {
    "--columns": columns.length,
    "--length": length,
    "--finest": `${finest(columns)}px`,
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it answers for the buttons inside; an empty time is also booked by `n`.
    <div
      ref={frame}
      // Without a visit to enter at, the keys scroll the day itself.
      tabIndex={reachable ? undefined : 0}
      className={classes.scroll}
      style={style}
      onPointerDown={(event) => {
        rest.end();
        props.onPointerDown(event);
      }}
      onPointerOver={rest.onPointerOver}
      onPointerLeave={rest.onPointerLeave}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused((event.target as HTMLElement).dataset.event ?? focused)}
    >
      <div className={classes.grid}>
        <div className={classes.corner} />
        {columns.map((column, index) => (
          <div key={column.key} id={`column-${index}`} className={classes.head}>
            {props.heads[index]}
          </div>
        ))}
        <div className={classes.hours} aria-hidden>
          {marks.map((minute) => (
            <span key={minute} className={classes.hour} style={{ "--at": minute - hours.from } as CSSProperties}>
              {hourLabel(minute, words.language)}
            </span>
          ))}
          {showsToday && nowAt !== undefined && (
            <span className={classes.now} style={{ "--at": nowAt } as CSSProperties}>
              {words.minute(wall.minute)}
            </span>
          )}
        </div>
        {columns.map((column, index) => (
          <ul
            key={column.key}
            className={classes.column}
            data-column={index}
            data-books={props.mayWrite || undefined}
            aria-labelledby={`column-${index}`}
          >
            <Ground column={column} hours={hours} />
            {showsToday && column.day === wall.day && nowAt !== undefined && (
              <li className={classes.nowLine} style={{ "--at": nowAt } as CSSProperties} aria-hidden />
            )}
            {column.closed.map((span) => (
              <li
                key={span.id}
                className={classes.closure}
                style={
                  {
                    "--at": Math.max(span.from, hours.from) - hours.from,
                    "--for": inside(span, hours),
                  } as CSSProperties
                }
              >
                {span.title || t(`closures.${span.reason as "leave"}`)}
              </li>
            ))}
            {column.events.map((event) => (
              <EventBlock
                key={event.id}
                event={event}
                words={words.sitting(event.sitting)}
                timer={event.visit && column.day === wall.day ? minutesIn(event.visit, now) : undefined}
                color={props.colour === "service" ? colors.get(event.sitting.serviceId ?? "") : undefined}
                start={hours.from}
                reachable={event.id === reachable}
                current={event.id === props.open}
                moving={event.id === proposal?.sitting.id}
                mayMove={props.mayWrite && event.sitting.status === "booked" && mayStillMove(event)}
              />
            ))}
            {proposal && stands(proposal, column, columns) && (
              <Ghost proposal={proposal} refused={props.refused} words={words} start={hours.from} />
            )}
          </ul>
        ))}
      </div>
      {rest.resting && rested?.visit && (
        <Essentials
          key={rested.id}
          sitting={rested.sitting}
          visit={rested.visit}
          words={words}
          beside={rest.resting.element}
        />
      )}
    </div>
  );
}

/** Pixels for a minute, such that the shortest visit still has its line: 1.3 for a day of visits of a quarter hour and more. */
function finest(columns: readonly GridColumn[]): number {
  const shortest = Math.min(15, ...columns.flatMap(({ events }) => events.map(({ from, until }) => until - from)));
  return Math.min(2.4, Math.max(1.3, 20 / Math.max(shortest, 5)));
}

/** Who is being seen, was seen or never came does not move any more. */
function mayStillMove({ sitting, state }: GridEvent): boolean {
  return sitting.kind !== "visit" || state === "expected" || state === "arrived";
}

const inside = (span: Span, hours: Span) => Math.min(span.until, hours.until) - Math.max(span.from, hours.from);

function Ground({ column, hours }: { column: GridColumn; hours: Span }) {
  return (
    <li className={classes.ground} aria-hidden>
      {column.open.map((span) => (
        <span
          key={`${span.from} ${span.until} ${span.locationId}`}
          className={classes.open}
          style={{ "--at": span.from - hours.from, "--for": span.until - span.from } as CSSProperties}
        />
      ))}
      <span className={classes.lines} />
    </li>
  );
}

/** In the column where it is held; a column of everybody's day takes whatever is that day. */
function stands({ sitting, target }: Proposal, column: GridColumn, columns: readonly GridColumn[]): boolean {
  if (column.day !== target.date) return false;
  if (!column.resource || column.resource.id === target.resourceId) return true;
  const seen = columns.some(({ resource }) => resource?.id === target.resourceId);
  return !seen && sitting.resourceIds.includes(column.resource.id);
}

interface GhostProps {
  proposal: Proposal;
  refused: boolean;
  words: AgendaWords;
  start: number;
}

function Ghost({ proposal: { sitting, target }, refused, words, start }: GhostProps) {
  const t = useTranslations("agenda");
  return (
    <li
      className={classes.ghost}
      data-ghost
      data-refused={refused || undefined}
      data-short={target.durationMinutes < 30 || undefined}
      style={{ "--at": target.minute - start, "--for": target.durationMinutes } as CSSProperties}
      aria-hidden
    >
      <strong>
        {refused ? <IconBan /> : <IconClock />}
        {words.sitting(sitting).title}
      </strong>
      <span>
        {words.span(target.minute, target.minute + target.durationMinutes)}
        {refused && ` · ${t("refused")}`}
      </span>
    </li>
  );
}

/** « 8 h », "8 a.m.": the gutter is narrow. */
function hourLabel(minute: number, language: "fr" | "en"): string {
  const hour = minute / 60;
  if (language === "fr") return `${hour}\u00a0h`;
  return `${hour % 12 === 0 ? 12 : hour % 12}\u00a0${hour < 12 ? "am" : "pm"}`;
}

/** Tab enters at the visit that had the focus, else the open one, else the next one of today, else the first. */
function reachableEvent(
  columns: readonly GridColumn[],
  focused: string | undefined,
  open: string | undefined,
  wall: WallTime,
): string | undefined {
  const all = columns.flatMap(({ events }) => events);
  const known = [focused, open].find((id) => id && all.some((event) => event.id === id));
  if (known) return known;
  const today = columns.filter(({ day }) => day === wall.day).flatMap(({ events }) => events);
  return (today.find(({ until }) => until > wall.minute) ?? all[0])?.id;
}

/** The visit that an arrow leads to: the next in the column, or the nearest in time in the next column that has one. */
function neighbour(columns: readonly GridColumn[], id: string, key: string): string | undefined {
  const at = columns.findIndex(({ events }) => events.some((event) => event.id === id));
  const events = sorted(columns[at]);
  const here = events.findIndex((event) => event.id === id);
  const own = events[here];
  if (!own) return undefined;
  if (key === "ArrowDown") return events[here + 1]?.id;
  if (key === "ArrowUp") return events[here - 1]?.id;
  if (key === "Home") return events[0]?.id;
  if (key === "End") return events.at(-1)?.id;
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  for (let next = at + step; step !== 0 && next >= 0 && next < columns.length; next += step) {
    const nearest = sorted(columns[next]).toSorted(
      (one, other) => Math.abs(one.from - own.from) - Math.abs(other.from - own.from),
    )[0];
    if (nearest) return nearest.id;
  }
  return undefined;
}

function sorted(column: GridColumn | undefined): GridEvent[] {
  return [...(column?.events ?? [])].sort((one, other) => one.from - other.from || one.lane.lane - other.lane.lane);
}
