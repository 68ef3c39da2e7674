"use client";

import { Button, Menu } from "@mantine/core";
import { IconAlertTriangle, IconCalendarEvent, IconChevronDown, IconHourglass, IconUserX } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type CSSProperties, memo, type ReactNode } from "react";
import type { BoardRow, ResourceView } from "#server/appointment/record.ts";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { lateBy, lateFrom, since, waitedFor } from "../_schedule/flow.ts";
import { nextStep, type Step, stateIcons, stateOf } from "../_schedule/states.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import classes from "./flow.module.css";

interface FlowCardProps {
  row: BoardRow;
  /** The one that Tab reaches in its column. */
  first: boolean;
  limit: number;
  words: AgendaWords;
  now: Date;
  rooms: readonly ResourceView[];
  freeRooms: readonly ResourceView[];
  mayWrite: boolean;
  agendaHref: string;
  roomsOpen: boolean;
  onRooms: (id: string | undefined) => void;
  suggestedRoom: string | undefined;
  onAdvance: (row: BoardRow, to: Step, roomId?: string | null) => void;
}

/** Somebody and where they stand: since when, against what, and the one gesture that comes next. */
export const FlowCard = memo(function FlowCard(props: FlowCardProps) {
  const { row, limit, words, now, mayWrite, suggestedRoom, onAdvance } = props;
  const t = useTranslations("agenda.board");
  const agenda = useTranslations("agenda");
  const state = stateOf(row);
  const to = nextStep(state);
  const timer = timerOf(row, now, limit);
  const notes = useNotes(row, now, limit);
  const place = words.resource(row.roomId);
  const walkedIn = row.source === "walk-in";
  const next = to && agenda(`advance.${to}`, { who: words.resource(row.resourceId) });
  return (
    <li className={classes.card} data-card={row.id} data-visit={state} data-over={timer?.over || undefined}>
      <button
        type="button"
        className={classes.opener}
        data-opener
        tabIndex={props.first ? 0 : -1}
        aria-label={[
          row.name,
          walkedIn ? t("walkInTag") : words.minute(row.localMinute),
          words.resource(row.resourceId),
          place,
          row.reason || words.service(row.serviceId),
          timer && agenda("minutes", { count: timer.minutes }),
          ...notes.map(({ text }) => text),
        ]
          .filter(Boolean)
          .join(", ")}
      >
        <span className={classes.top} aria-hidden>
          <span className={classes.time}>{walkedIn ? t("walkInTag") : words.minute(row.localMinute)}</span>
          {timer && (
            <span className={classes.timer}>
              <strong>{timer.minutes}</strong>
              {timer.of !== undefined && <span> / {timer.of}</span>} min
            </span>
          )}
        </span>
        <span className={classes.name} aria-hidden>
          {row.name}
        </span>
        <span className={classes.about} aria-hidden>
          <strong>{words.resource(row.resourceId)}</strong> ·{" "}
          {[place, row.reason || words.service(row.serviceId)].filter(Boolean).join(" · ")}
        </span>
        {notes.map(({ text, icon, tone }) => (
          <span key={text} className={classes.noteLine} data-tone={tone} aria-hidden>
            {icon}
            {text}
          </span>
        ))}
        {timer?.part !== undefined && (
          <span className={classes.bar} style={{ "--part": Math.min(timer.part, 1) } as CSSProperties} aria-hidden />
        )}
      </button>
      {mayWrite && to && (
        <span className={classes.acts}>
          <Button
            size="compact-sm"
            leftSection={<span aria-hidden>{stateIcons[to]}</span>}
            rightSection={<KeyCap>→</KeyCap>}
            onClick={() => onAdvance(row, to, to === "roomed" ? suggestedRoom : undefined)}
            aria-label={t("next", { state: next ?? "", name: row.name })}
            tabIndex={-1}
          >
            {to === "with-professional" ? agenda("shortStates.with-professional") : agenda(`states.${to}`)}
          </Button>
          {(state === "arrived" || state === "roomed") && <Rooms {...props} />}
          <Link
            href={`${props.agendaHref}?view=day&open=${row.sittingId}`}
            prefetch={false}
            className={classes.details}
            tabIndex={-1}
            aria-label={agenda("pane", { title: row.name })}
            title={agenda("pane", { title: row.name })}
          >
            <IconCalendarEvent size={18} aria-hidden />
          </Link>
        </span>
      )}
    </li>
  );
});

/** Which room: the free ones first; the one that is shown is where the next gesture leads. */
function Rooms({ row, rooms, freeRooms, words, roomsOpen, onRooms, suggestedRoom, onAdvance }: FlowCardProps) {
  const t = useTranslations("agenda.board");
  const here = rooms.filter(
    ({ kind, status, locationId }) => kind === "room" && status === "active" && locationId === row.locationId,
  );
  if (here.length === 0) return null;
  const free = new Set(freeRooms.map(({ id }) => id));
  const sorted = [...here].sort((one, other) => Number(free.has(other.id)) - Number(free.has(one.id)));
  return (
    <Menu opened={roomsOpen} onChange={(open) => onRooms(open ? row.id : undefined)} position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={t("roomOf", { name: row.name })}
          tabIndex={-1}
        >
          {words.resource(row.roomId ?? suggestedRoom) || t("room")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorted.map((room) => (
          <Menu.Item
            key={room.id}
            onClick={() => onAdvance(row, "roomed", room.id)}
            disabled={row.roomId === room.id}
            rightSection={free.has(room.id) ? undefined : <span className={classes.taken}>•</span>}
          >
            {room.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface Timer {
  readonly minutes: number;
  /** Minutes planned, where the time is counted against them. */
  readonly of?: number;
  /** How full the bar is; no bar without it. */
  readonly part?: number;
  readonly over?: boolean;
}

function timerOf(row: BoardRow, now: Date, limit: number): Timer | undefined {
  const state = stateOf(row);
  if (state === "arrived") {
    const minutes = waitedFor(row, now);
    return { minutes, part: minutes / limit, over: minutes > limit };
  }
  if (state === "roomed") return { minutes: since(row.roomedAt, now), over: waitedFor(row, now) > limit };
  if (state === "with-professional") {
    const minutes = since(row.startedAt, now);
    return { minutes, of: row.durationMinutes, part: minutes / row.durationMinutes };
  }
  return undefined;
}

/** What needs saying beside the time: not here yet, past the limit, first visit, to check. */
function useNotes(row: BoardRow, now: Date, limit: number) {
  const t = useTranslations("agenda.board");
  const agenda = useTranslations("agenda");
  const format = useFormatter();
  const state = stateOf(row);
  const notes: { text: string; icon: ReactNode; tone?: "attention" | "danger" }[] = [];
  const late = lateBy(row, now);
  if (state === "expected" && late >= lateFrom)
    notes.push({ text: t("notHere", { count: late }), icon: <IconAlertTriangle />, tone: "attention" });
  if (state === "arrived" && waitedFor(row, now) > limit)
    notes.push({ text: t("over", { limit }), icon: <IconHourglass />, tone: "attention" });
  if (state === "roomed") notes.push({ text: t("total", { count: waitedFor(row, now) }), icon: null });
  if (state === "noshow") notes.push({ text: agenda("states.noshow"), icon: <IconUserX />, tone: "danger" });
  if (state === "done" && row.doneAt) {
    const time = format.dateTime(new Date(row.doneAt), "time").replaceAll(" ", "\u00a0");
    notes.push({ text: t("left", { time }), icon: null });
  }
  if (state === "expected" && row.newPatient) notes.push({ text: agenda("newPatient"), icon: null });
  if (!row.patientId && state !== "done")
    notes.push({ text: agenda("toCheck"), icon: <IconAlertTriangle />, tone: "attention" });
  return notes;
}
