"use client";

import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { SittingView } from "#server/appointment/record.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody } from "../../../_ui/page-head/page-head.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { BookDrawer, type BookStart } from "../_schedule/book-drawer.tsx";
import { takeBookingPerson } from "../_schedule/booking-person.ts";
import { columnOf, type GridColumn, hoursOf, isVisit, resourcesOfDay } from "../_schedule/columns.ts";
import { OfflineNote } from "../_schedule/offline-note.tsx";
import { nextStep, stateOf } from "../_schedule/states.tsx";
import { useAgendaWords } from "../_schedule/use-agenda-words.ts";
import { useHeld } from "../_schedule/use-held.ts";
import { useLive } from "../_schedule/use-live.ts";
import { useMinute } from "../_schedule/use-minute.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import { useVisitActs } from "../_schedule/use-visit-acts.ts";
import { addDays, wallClock, weekOf, weeksOfMonth } from "../_schedule/wall-time.ts";
import classes from "./agenda.module.css";
import { AgendaHead, stepDay } from "./agenda-head.tsx";
import { BlockDrawer } from "./block-drawer.tsx";
import { DayHead, ResourceHead } from "./column-heads.tsx";
import { DayGrid } from "./day-grid.tsx";
import { ListView } from "./list-view.tsx";
import { MonthView } from "./month-view.tsx";
import { MoveDialogs } from "./move-dialogs.tsx";
import { PeopleBar } from "./people-bar.tsx";
import { RefusalPanel } from "./refusal-panel.tsx";
import { useAgendaAddress } from "./use-agenda-address.ts";
import { useAgendaKeys, useMoveKeys } from "./use-agenda-keys.ts";
import { useDrag } from "./use-drag.ts";
import { targetOf, useMover } from "./use-mover.ts";
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
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const toast = useToast();
  const say = useErrorText();
  const now = useMinute();
  const clock = useMemo(() => wallClock(timeZone), [timeZone]);
  const wall = clock(now);
  const { address, go } = useAgendaAddress(clinicId, userId);
  const asked = useSearchParams();
  const phone = useMediaQuery("(width < 48em)", false, { getInitialValueInEffect: true });
  const wide = useMediaQuery("(width >= 75em)", true, { getInitialValueInEffect: true });
  const date = address.date ?? wall.day;
  const [booking, setBooking] = useState<BookStart>();
  const [blocking, setBlocking] = useState<{ minute: number; resourceId?: string; locationId?: string }>();

  const [from, until] = useMemo(() => {
    if (address.view === "day") return [date, date];
    if (address.view === "list") return [date, addDays(date, 6)];
    if (address.view === "week") return [weekOf(date)[0] ?? date, weekOf(date)[6] ?? date];
    const weeks = weeksOfMonth(date);
    return [weeks[0]?.[0] ?? date, weeks.at(-1)?.[6] ?? date];
  }, [address.view, date]);
  const input = { from, until, ...(address.location && { locationId: address.location }) };
  const queryKey = trpc.appointment.agenda.queryKey(input);
  const reading = useSeenQuery(queryKey, (refresh, options) =>
    client.appointment.agenda.query({ ...input, refresh }, options),
  );
  const agenda = useHeld(reading.data, reading.dataUpdatedAt);
  const { refetch } = reading;
  const refresh = useCallback(async () => {
    // What is beside the grid was read from the same rows.
    await Promise.all([refetch(), cache.invalidateQueries({ queryKey: trpc.appointment.read.queryKey() })]);
  }, [refetch, cache, trpc]);
  const downSince = useLive(() => void refresh());
  const words = useAgendaWords(agenda);
  const acts = useVisitActs(refresh);

  const kindOf = address.by;
  const present = useMemo(() => (agenda ? resourcesOfDay(agenda, date, kindOf, []) : []), [agenda, date, kindOf]);
  // A column of its own for each does not fit a phone; a week is one person's.
  const single = address.view === "week" || (phone && address.view === "day");
  const who = useMemo(() => {
    const known = address.who.filter((id) => agenda?.resources.some((resource) => resource.id === id));
    return single ? [known[0] ?? present[0]?.id].flatMap((id) => id ?? []) : known;
  }, [address.who, agenda, single, present]);

  // Where all columns fit, the columns say it themselves; the keys and the filters still choose among them.
  const barShown = !wide || address.view !== "day" || present.length > 6 || who.length > 0;

  const columns = useMemo((): GridColumn[] => {
    if (!agenda) return [];
    if (address.view === "week") {
      const chosen = agenda.resources.filter(({ id }) => who.includes(id));
      return weekOf(date).map((day) => columnOf(agenda, day, chosen));
    }
    return resourcesOfDay(agenda, date, kindOf, who).map((resource) => columnOf(agenda, date, [resource]));
  }, [agenda, address.view, date, kindOf, who]);
  const hours = useMemo(() => hoursOf(columns), [columns]);

  const mover = useMover({
    agenda,
    onFailed: (message) => {
      toast({ message, tone: "danger" });
      void refresh();
    },
    onMoved: async (before, version, scope) => {
      await refresh();
      toast({
        message: t("told.moved", { name: words.sitting(before).title }),
        about: before.id,
        onUndo: () =>
          acts.attempt(async () => {
            await client.appointment.move.mutate({
              sittingId: before.id,
              version,
              ...targetOf(before),
              scope,
              ...(before.overbookReason && { overbookReason: before.overbookReason }),
            });
            await refresh();
          }),
      });
    },
  });

  function columnTarget(index: number, minute: number) {
    const column = columns[index];
    const sitting = mover.proposal?.sitting;
    if (!column || !sitting) return {};
    const place = column.open.find((span) => minute >= span.from && minute < span.until)?.locationId;
    // A room is found again by the server; only who leads the visit changes with the column.
    const leads = column.resource && (kindOf === "practitioner" || sitting.kind === "block");
    return {
      date: column.day,
      ...(leads && address.view === "day" && column.resource && { resourceId: column.resource.id }),
      ...(place && { locationId: place }),
    };
  }
  const { frame, onPointerDown, dragged } = useDrag({
    agenda,
    hours,
    mover,
    mayMove: rights.write,
    shown: agenda && address.view,
    columnTarget,
  });

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

  useMoveKeys({
    active: Boolean(mover.proposal?.byKeys && mover.proposal.stage === "aim"),
    onStep: (minutes) => {
      const held = mover.proposal?.target.minute ?? 0;
      mover.aim({ minute: Math.min(Math.max(held + minutes, 0), 1435) });
      document.querySelector("[data-ghost]")?.scrollIntoView({ block: "nearest" });
    },
    onColumn: (step) => {
      const { target } = mover.proposal ?? {};
      const at = columns.findIndex(
        ({ day, resource }) =>
          day === target?.date && (!resource || address.view === "week" || resource.id === target.resourceId),
      );
      mover.aim(columnTarget(Math.min(Math.max(at + step, 0), columns.length - 1), target?.minute ?? 0));
    },
    onDrop: mover.drop,
    onCancel: mover.cancel,
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
  const heldWords = mover.proposal && words.sitting(mover.proposal.sitting);
  const onDay = (day: string) => go({ view: "day", date: day === wall.day ? undefined : day });

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
          {agenda && columns.length === 0 && address.view !== "month" && address.view !== "list" && (
            <p className={classes.empty}>{t("noColumn")}</p>
          )}
          {agenda && columns.length > 0 && (address.view === "day" || address.view === "week") && (
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
              days={Array.from({ length: 7 }, (_, index) => addDays(from, index))}
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
      {mover.proposal && mover.refusal && (mover.proposal.stage === "aim" || mover.proposal.stage === "refused") && (
        <RefusalPanel
          refusal={mover.refusal}
          words={words}
          locationId={mover.proposal.target.locationId}
          durationMinutes={mover.proposal.target.durationMinutes}
          pinned={mover.proposal.stage === "refused"}
          mayForce={rights.overbook}
          byKeys={mover.proposal.byKeys}
          onTake={mover.take}
          onForce={mover.force}
          onClose={mover.cancel}
        />
      )}
      <MoveDialogs mover={mover} words={words} />
      <p className="cv-visually-hidden" role="status">
        {mover.proposal &&
          heldWords &&
          [
            t(mover.moved ? "holdingAt" : "holding", {
              name: heldWords.title,
              day: words.shortDay(mover.proposal.target.date),
              time: words.span(
                mover.proposal.target.minute,
                mover.proposal.target.minute + mover.proposal.target.durationMinutes,
              ),
              who: words.resource(mover.proposal.target.resourceId),
            }),
            ...(mover.refusal
              ? [
                  t("impossible", { count: mover.refusal.reasons.length }),
                  ...mover.refusal.reasons.map((reason) => words.reason(reason)),
                ]
              : []),
          ].join(". ")}
      </p>
      {mover.proposal?.byKeys && mover.proposal.stage === "aim" && (
        <p className={classes.hint} data-print="hide">
          {t("moveHint")}
        </p>
      )}
      {agenda && booking && (
        <BookDrawer
          agenda={agenda}
          start={booking}
          mayRegister={rights.register}
          mayForce={rights.overbook}
          onClose={() => setBooking(undefined)}
          onBooked={async (booked) => {
            await refresh();
            toast({
              message: t("told.booked", {
                name: booked.name,
                day: words.shortDay(booked.date),
                time: words.minute(booked.minute),
              }),
              onUndo: () =>
                acts.attempt(async () => {
                  await client.appointment.cancel.mutate({
                    id: booked.id,
                    version: booked.version,
                    by: "clinic",
                    scope: booked.series ? "all" : "this",
                  });
                  await refresh();
                }),
            });
          }}
        />
      )}
      {agenda && blocking && (
        <BlockDrawer
          agenda={agenda}
          start={{ date, minute: blocking.minute, resourceId: blocking.resourceId, locationId: blocking.locationId }}
          onClose={() => setBlocking(undefined)}
          onBlocked={async ({ id, version, title }) => {
            await refresh();
            toast({
              message: t("told.blocked", { title }),
              onUndo: () =>
                acts.attempt(async () => {
                  await client.appointment.unblock.mutate({ id, version });
                  await refresh();
                }),
            });
          }}
        />
      )}
    </div>
  );
}

const placeAt = (column: GridColumn, minute: number) =>
  column.open.find((span) => minute >= span.from && minute < span.until)?.locationId;

const nextQuarter = (minute: number) => Math.min(Math.ceil(minute / 15) * 15, 1380);
