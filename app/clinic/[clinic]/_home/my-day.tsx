"use client";

import { Button } from "@mantine/core";
import { IconCalendar, IconStethoscope } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useSettledUndo } from "../../../_ui/toast/toast.tsx";
import { columnOf, type GridEvent, isVisit, lateness, versionsOf } from "../_schedule/columns.ts";
import { median } from "../_schedule/flow.ts";
import { OfflineNote } from "../_schedule/offline-note.tsx";
import { StateChip } from "../_schedule/state-chip.tsx";
import { minutesIn, nextStep, stateIcons } from "../_schedule/states.tsx";
import { useAgendaWords } from "../_schedule/use-agenda-words.ts";
import { useHeld } from "../_schedule/use-held.ts";
import { useLive } from "../_schedule/use-live.ts";
import { useMinute } from "../_schedule/use-minute.ts";
import { useNotesOfDay } from "../_schedule/use-notes-of-day.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import { useVisitActs } from "../_schedule/use-visit-acts.ts";
import { useWriteNote } from "../_schedule/use-write-note.ts";
import { wallClock } from "../_schedule/wall-time.ts";
import classes from "./day.module.css";
import { Timeline } from "./timeline.tsx";

interface MyDayProps {
  slug: string;
  timeZone: string;
  mayWrite: boolean;
  /** Writes in charts. */
  mayNote: boolean;
  name: string;
  children: ReactNode;
}

/** Under this many minutes nobody is late. */
const lateFrom = 5;

/** A professional's own day from its first visit to its last, and who waits for them now. */
export function MyDay({ slug, timeZone, mayWrite, mayNote, name, children }: MyDayProps) {
  const t = useTranslations("agenda.day");
  const agendaWords = useTranslations("agenda");
  const say = useErrorText();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const now = useMinute();
  const clock = useMemo(() => wallClock(timeZone), [timeZone]);
  const wall = clock(now);
  const date = wall.day;
  const input = { date };
  const reading = useSeenQuery(trpc.appointment.mine.queryKey(input), (refresh, options) =>
    client.appointment.mine.query({ ...input, refresh }, options),
  );
  const { refetch } = reading;
  const mine = useHeld(reading.data ?? undefined, reading.dataUpdatedAt);
  const refresh = useCallback(() => refetch(), [refetch]);
  const downSince = useLive(() => void refresh());
  const acts = useVisitActs(refresh);
  useSettledUndo(useMemo(() => versionsOf(mine), [mine]));
  const words = useAgendaWords(mine);
  const { write } = useWriteNote();
  const noteOf = useNotesOfDay(date, mayNote);
  const onWrite = mayNote
    ? (patientId: string, appointmentId: string) => void write(patientId, appointmentId)
    : undefined;
  const column = useMemo(() => {
    const own = mine?.resources.filter(({ id }) => id === mine.practitionerId);
    return mine && own ? columnOf(mine, date, own) : undefined;
  }, [mine, date]);

  const events = [...(column?.events ?? [])].sort((one, other) => one.from - other.from);
  const visits = events.filter(isVisit);
  const count = (of: (event: GridEvent) => boolean) => visits.filter(of).length;
  const waiting = visits.filter(({ state }) => state === "arrived" || state === "roomed");
  const late = column ? lateness(column.events, wall.minute) : 0;
  // Whoever is in a room goes first, then whoever has waited longest.
  const next = [...waiting].sort(
    (one, other) => Number(other.state === "roomed") - Number(one.state === "roomed") || one.from - other.from,
  )[0];
  const ends = Math.max(0, ...visits.map(({ until }) => until));
  const wait = median(waiting.flatMap(({ visit }) => (visit ? (minutesIn(visit, now) ?? []) : [])));

  function see() {
    if (next?.visit) void acts.advance(next.visit, "with-professional");
  }
  useShortcutList(
    mayWrite && next?.visit
      ? [{ keys: "s", label: t("next", { name: next.visit.name }), group: t("title"), run: see }]
      : [],
  );

  return (
    <>
      <PageHead
        title={<span className={classes.title}>{words.date(date, "longDate")}</span>}
        context={
          mine && (
            <>
              <span>{t("visits", { count: visits.length })}</span>
              <span>{t("done", { count: count(({ state }) => state === "done") })}</span>
              <span>{t("left", { count: count(({ state }) => state === "expected") })}</span>
              {late >= lateFrom && <Chip tone="attention">{agendaWords("late", { count: late })}</Chip>}
            </>
          )
        }
      >
        <LinkButton
          href={`/clinic/${slug}/agenda`}
          variant="default"
          leftSection={<IconCalendar size={18} aria-hidden />}
        >
          {t("open")}
        </LinkButton>
        {mayWrite && next?.visit && (
          <Button leftSection={<IconStethoscope size={18} aria-hidden />} onClick={see} aria-keyshortcuts="s">
            {t("next", { name: next.visit.name })}
          </Button>
        )}
      </PageHead>
      <OfflineNote since={downSince} />
      {reading.isError ? (
        <PageBody>
          <ErrorPanel requestId={say(reading.error).requestId} onRetry={() => void reading.refetch()}>
            {say(reading.error).message}
          </ErrorPanel>
        </PageBody>
      ) : (
        <div className={classes.panes}>
          <div className={classes.main}>
            <Section
              title={t("title")}
              action={
                visits.length > 0 && <span className={classes.quiet}>{t("ends", { time: words.minute(ends) })}</span>
              }
            >
              {!mine && <SkeletonRows rows={9} height={37} />}
              {mine && events.length === 0 && (
                <EmptyState icon={<IconCalendar />} title={t("free")}>
                  {t("freeHelp")}
                </EmptyState>
              )}
              {mine && events.length > 0 && (
                <Timeline
                  events={events}
                  words={words}
                  now={now}
                  minute={wall.minute}
                  next={next?.id}
                  agendaHref={`/clinic/${slug}/agenda`}
                  onWrite={onWrite}
                  noteOf={noteOf}
                  label={`${t("title")}, ${name}`}
                />
              )}
            </Section>
          </div>
          <div className={classes.side}>
            <Section
              title={t("arrived")}
              count={waiting.length}
              action={wait !== undefined && <span className={classes.quiet}>{t("median", { count: wait })}</span>}
            >
              {waiting.length === 0 && <p className={classes.quiet}>{t("nobody")}</p>}
              <ul className={classes.waiting}>
                {waiting.map(({ id, visit, state, sitting }) => {
                  const to = state && nextStep(state);
                  const minutes = visit && minutesIn(visit, now);
                  return (
                    visit && (
                      <li key={id} className={classes.person}>
                        <span className={classes.personWords}>
                          {onWrite && visit.patientId ? (
                            <button
                              type="button"
                              className={classes.toNote}
                              title={agendaWords("writeNote")}
                              aria-label={t("write", { name: visit.name })}
                              onClick={() => visit.patientId && onWrite(visit.patientId, visit.id)}
                            >
                              {visit.name}
                            </button>
                          ) : (
                            <strong>{visit.name}</strong>
                          )}
                          <span className={classes.quiet}>
                            {t("appointmentAt", { time: words.minute(sitting.localMinute) })}
                            {visit.arrivedAt &&
                              ` · ${t("arrivedAt", { time: words.instant(visit.arrivedAt, sitting.locationId) })}`}
                          </span>
                          <span className={classes.chips}>
                            {state && <StateChip state={state} more={words.resource(visit.roomId) || undefined} />}
                            {visit.newPatient && <Chip tone="info">{agendaWords("newPatient")}</Chip>}
                          </span>
                        </span>
                        {minutes !== undefined && (
                          <span className={classes.timer}>
                            <strong>{minutes}</strong> min
                          </span>
                        )}
                        {mayWrite && to && (
                          <Button
                            variant="default"
                            size="compact-sm"
                            leftSection={
                              <span className={classes.icon} aria-hidden>
                                {stateIcons[to]}
                              </span>
                            }
                            onClick={() => acts.advance(visit, to)}
                            aria-label={`${agendaWords(`states.${to}`)}, ${visit.name}`}
                          >
                            {agendaWords(`states.${to}`)}
                          </Button>
                        )}
                      </li>
                    )
                  );
                })}
              </ul>
            </Section>
            {children}
          </div>
        </div>
      )}
    </>
  );
}
