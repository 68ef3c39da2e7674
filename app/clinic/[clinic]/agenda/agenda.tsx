"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { SittingView } from "#server/appointment/record.ts";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody } from "../../../_ui/page-head/page-head.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import type { BookStart } from "../_schedule/book-drawer.tsx";
import { takeBookingPerson } from "../_schedule/booking-person.ts";
import { isVisit, placeAt } from "../_schedule/columns.ts";
import { OfflineNote } from "../_schedule/offline-note.tsx";
import { nextStep, stateOf } from "../_schedule/states.tsx";
import { useAgendaWords } from "../_schedule/use-agenda-words.ts";
import { useMinute } from "../_schedule/use-minute.ts";
import { useVisitActs } from "../_schedule/use-visit-acts.ts";
import { wallClock } from "../_schedule/wall-time.ts";
import classes from "./agenda.module.css";
import { AgendaDrawers } from "./agenda-drawers.tsx";
import { AgendaHead, stepDay } from "./agenda-head.tsx";
import { DayHead, ResourceHead } from "./column-heads.tsx";
import { DayGrid } from "./day-grid.tsx";
import { ListView } from "./list-view.tsx";
import { MonthView } from "./month-view.tsx";
import { MoveInHand } from "./move-in-hand.tsx";
import { PeopleBar } from "./people-bar.tsx";
import { useAgendaAddress } from "./use-agenda-address.ts";
import { useAgendaKeys } from "./use-agenda-keys.ts";
import { useAgendaMoves } from "./use-agenda-moves.ts";
import { useAgendaColumns, useAgendaReading } from "./use-agenda-view.ts";
import { VisitPane } from "./visit-pane.tsx";

export interface AgendaRights {
  readonly write: boolean;
  readonly overbook: boolean;
  readonly register: boolean;
  readonly readPatients: boolean;
}

interface AgendaProps {
  clinicId: string;
  userId: string;
  timeZone: string;
  rights: AgendaRights;
}

/** The clinic's agenda: what is when, with whom, and every gesture on it. */
export function Agenda({ clinicId, userId, timeZone, rights }: AgendaProps) {
  const t = useTranslations("agenda");
  const say = useErrorText();
  const now = useMinute();
  const clock = useMemo(() => wallClock(timeZone), [timeZone]);
  const wall = clock(now);
  const { address, go } = useAgendaAddress(clinicId, userId);
  const asked = useSearchParams();
  const date = address.date ?? wall.day;
  const [booking, setBooking] = useState<BookStart>();
  const [blocking, setBlocking] = useState<{ minute: number; resourceId: string | undefined }>();

  const { agenda, days, reading, refresh, downSince } = useAgendaReading(address, date);
  const words = useAgendaWords(agenda);
  const acts = useVisitActs(refresh);
  const { present, single, who, columns, hours, barShown } = useAgendaColumns(address, date, agenda);
  const moves = { agenda, address, columns, hours, words, acts, refresh, mayMove: rights.write };
  const { mover, frame, onPointerDown, dragged } = useAgendaMoves(moves);

  const opened = agenda?.sittings.find(({ id }) => id === address.open);
  const openSitting = useCallback((id: string) => go({ open: id }), [go]);
  const closePane = useCallback(() => {
    const id = new URLSearchParams(window.location.search).get("open");
    go({ open: undefined });
    document.querySelector<HTMLElement>(`[data-event="${id}"]`)?.focus();
  }, [go]);

  /** What the keys speak of: the visit under the focus, else the open one. */
  function inHand(): SittingView | undefined {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.event : undefined;
    return agenda?.sittings.find(({ id }) => id === (focused ?? address.open));
  }

  useAgendaKeys({
    mayWrite: rights.write,
    onNew: () => setBooking({ date, ...(who.length === 1 && { resourceId: who[0] }) }),
    onMove: () => {
      const sitting = inHand();
      if (sitting && sitting.status === "booked" && address.view !== "month") mover.start(sitting, true);
    },
    onNext: () => {
      const one = inHand();
      const theirs = one?.kind === "visit" ? one.appointments[0] : undefined;
      const to = theirs && nextStep(stateOf(theirs));
      if (theirs && to) void acts.advance(theirs, to);
    },
    onDay: (by) => go({ date: stepDay(address.view, date, by), open: undefined }),
    onToday: () => go({ date: undefined, open: undefined }),
    onPerson: (place) => {
      const person = present[place];
      if (person) go({ who: !single && who.length === 1 && who[0] === person.id ? [] : [person.id] });
    },
  });

  // The palette sends here to book for somebody.
  const wantsNew = asked.get("new");
  useEffect(() => {
    if (!wantsNew || !rights.write) return;
    window.history.replaceState(null, "", window.location.pathname);
    const kept = takeBookingPerson();
    setBooking({ ...(kept && { person: kept }) });
  }, [wantsNew, rights.write]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.defaultPrevented || !address.open) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      closePane();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [address.open, closePane]);

  const visits = columns.flatMap(({ events }) => events).filter(isVisit);
  const seen = new Set(visits.map(({ id }) => id)).size;
  const onDay = (day: string) => go({ view: "day", date: day === wall.day ? undefined : day });
  const grid = address.view === "day" || address.view === "week";

  return (
    <div className={classes.screen}>
      <AgendaHead
        address={address}
        date={date}
        agenda={agenda}
        present={present}
        counts={agenda ? t("visits", { count: seen }) : ""}
        mayWrite={rights.write}
        go={go}
        onNew={() => setBooking({ date })}
        onBlock={() => setBlocking({ minute: nextQuarter(wall.minute), resourceId: who[0] })}
      />
      <PeopleBar resources={barShown ? present : []} who={who} single={single} onChange={(next) => go({ who: next })} />
      <OfflineNote since={downSince} />
      {reading.isError && (
        <PageBody>
          <ErrorPanel requestId={say(reading.error).requestId} onRetry={() => void reading.refetch()}>
            {say(reading.error).message}
          </ErrorPanel>
        </PageBody>
      )}
      <div className={classes.body}>
        <div className={classes.main} aria-busy={reading.isPlaceholderData || undefined}>
          {!agenda && !reading.isError && (
            <div className={classes.empty}>
              <SkeletonRows rows={9} />
            </div>
          )}
          {agenda && grid && columns.length === 0 && <p className={classes.empty}>{t("noColumn")}</p>}
          {agenda && grid && columns.length > 0 && (
            <DayGrid
              key={`${address.view} ${date}`}
              agenda={agenda}
              words={words}
              columns={columns}
              heads={columns.map((column) =>
                address.view === "week" ? (
                  <DayHead key={column.key} column={column} onDay={onDay} />
                ) : (
                  <ResourceHead key={column.key} column={column} wall={wall} words={words} />
                ),
              )}
              hours={hours}
              now={now}
              wall={wall}
              open={address.open}
              colour={address.colour}
              mayWrite={rights.write}
              proposal={mover.proposal}
              refused={mover.refusal !== undefined}
              frame={frame}
              onPointerDown={onPointerDown}
              dragged={dragged}
              onOpen={openSitting}
              onPick={(column, minute) =>
                setBooking({
                  date: column.day,
                  minute,
                  ...(column.resource && { resourceId: column.resource.id }),
                  ...(placeAt(column, minute) && { locationId: placeAt(column, minute) }),
                })
              }
            />
          )}
          {agenda && address.view === "month" && (
            <MonthView agenda={agenda} words={words} date={date} who={who} onDay={onDay} />
          )}
          {agenda && address.view === "list" && (
            <ListView
              agenda={agenda}
              words={words}
              days={days}
              who={who}
              now={now}
              open={address.open}
              onOpen={openSitting}
            />
          )}
        </div>
        {agenda && opened && (
          <VisitPane
            key={opened.id}
            agenda={agenda}
            sitting={opened}
            words={words}
            now={now}
            rights={rights}
            acts={acts}
            refresh={refresh}
            onMove={() => mover.start(opened, true)}
            onClose={closePane}
          />
        )}
      </div>
      <MoveInHand mover={mover} words={words} mayForce={rights.overbook} />
      {agenda && (
        <AgendaDrawers
          agenda={agenda}
          rights={rights}
          acts={acts}
          refresh={refresh}
          booking={booking}
          blocking={blocking && { ...blocking, date, locationId: undefined }}
          onClose={() => {
            setBooking(undefined);
            setBlocking(undefined);
          }}
        />
      )}
    </div>
  );
}

const nextQuarter = (minute: number) => Math.min(Math.ceil(minute / 15) * 15, 1380);
