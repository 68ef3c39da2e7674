"use client";

import { Button } from "@mantine/core";
import { IconDoorEnter, IconLayoutKanban } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import type { BoardRow } from "#server/appointment/record.ts";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { ArrivalDialog } from "../_schedule/arrival-dialog.tsx";
import { flowColumns, lateBy, lateFrom, median, waitedFor } from "../_schedule/flow.ts";
import { OfflineNote } from "../_schedule/offline-note.tsx";
import { StateChip } from "../_schedule/state-chip.tsx";
import { stateOf } from "../_schedule/states.tsx";
import { useAgendaWords } from "../_schedule/use-agenda-words.ts";
import { useBoard } from "../_schedule/use-board.ts";
import { useMinute } from "../_schedule/use-minute.ts";
import { wallClock } from "../_schedule/wall-time.ts";
import classes from "./day.module.css";

interface DeskProps {
  slug: string;
  timeZone: string;
  mayWrite: boolean;
  children: ReactNode;
}

const soon = 12;

/** The front desk: who should be here by now, who comes next, who waits; one key writes an arrival down. */
export function Desk({ slug, timeZone, mayWrite, children }: DeskProps) {
  const t = useTranslations("agenda.desk");
  const board = useTranslations("agenda.board");
  const agenda = useTranslations("agenda");
  const say = useErrorText();
  const now = useMinute();
  const clock = useMemo(() => wallClock(timeZone), [timeZone]);
  const wall = clock(now);
  const { reading, downSince, acts } = useBoard(wall.day);
  const data = reading.data;
  const words = useAgendaWords(data);
  const [arriving, setArriving] = useState(false);
  const columns = useMemo(() => flowColumns(data?.rows ?? []), [data]);
  const late = columns.expected.filter((row) => lateBy(row, now) >= lateFrom);
  const next = columns.expected.filter((row) => lateBy(row, now) < lateFrom).slice(0, soon);
  const here = [...columns.arrived, ...columns.roomed];
  const wait = median(here.map((row) => waitedFor(row, now)));

  useShortcutList(
    mayWrite ? [{ keys: "a", label: board("key.arrival"), group: t("title"), run: () => setArriving(true) }] : [],
  );

  const arrive = (row: BoardRow) => acts.advance(row, "arrived");
  const row = (one: BoardRow) => (
    <li key={one.id} className={classes.arrival}>
      <span className={classes.time}>{words.minute(one.localMinute)}</span>
      <span className={classes.personWords}>
        <strong>{one.name}</strong>
        <span className={classes.quiet}>
          {[words.resource(one.resourceId), one.reason || words.service(one.serviceId)].filter(Boolean).join(" · ")}
        </span>
      </span>
      {lateBy(one, now) >= lateFrom && (
        <span className={classes.late}>{agenda("late", { count: lateBy(one, now) })}</span>
      )}
      {mayWrite && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDoorEnter size={16} aria-hidden />}
          onClick={() => arrive(one)}
          aria-label={`${t("arrive")}, ${one.name}`}
        >
          {t("arrive")}
        </Button>
      )}
    </li>
  );

  return (
    <>
      <PageHead
        title={<span className={classes.title}>{words.date(wall.day, "longDate")}</span>}
        context={data && <span>{agenda("visits", { count: data.rows.length })}</span>}
      >
        <LinkButton
          href={`/clinic/${slug}/parcours`}
          variant="default"
          leftSection={<IconLayoutKanban size={18} aria-hidden />}
        >
          {t("seeBoard")}
        </LinkButton>
        {mayWrite && (
          <Button
            leftSection={<IconDoorEnter size={18} aria-hidden />}
            rightSection={<KeyCap>a</KeyCap>}
            onClick={() => setArriving(true)}
            aria-keyshortcuts="a"
          >
            {board("arrival")}
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
            {late.length > 0 && (
              <Section title={t("late")} count={late.length}>
                <ul className={classes.arrivals}>{late.map(row)}</ul>
              </Section>
            )}
            <Section title={t("next")} count={columns.expected.length - late.length}>
              {!data && <SkeletonRows rows={8} />}
              {data && next.length === 0 && (
                <p className={classes.quiet}>{t(data.rows.length === 0 ? "noVisits" : "nobodyNext")}</p>
              )}
              <ul className={classes.arrivals}>{next.map(row)}</ul>
            </Section>
          </div>
          <div className={classes.side}>
            <Section
              title={t("waiting")}
              count={here.length}
              action={
                wait !== undefined && <span className={classes.quiet}>{agenda("day.median", { count: wait })}</span>
              }
            >
              {here.length === 0 && <p className={classes.quiet}>{t("nobodyWaiting")}</p>}
              <ul className={classes.waiting}>
                {here.map((one) => (
                  <li key={one.id} className={classes.person}>
                    <span className={classes.personWords}>
                      <strong>{one.name}</strong>
                      <span className={classes.quiet}>
                        {[words.minute(one.localMinute), words.resource(one.resourceId)].filter(Boolean).join(" · ")}
                      </span>
                      <span className={classes.chips}>
                        <StateChip state={stateOf(one)} more={words.resource(one.roomId) || undefined} />
                      </span>
                    </span>
                    <span
                      className={classes.timer}
                      data-over={waitedFor(one, now) > (data?.waitLimitMinutes ?? 20) || undefined}
                    >
                      <strong>{waitedFor(one, now)}</strong> min
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
            {children}
          </div>
        </div>
      )}
      {data && arriving && (
        <ArrivalDialog
          board={data}
          now={now}
          onClose={() => setArriving(false)}
          onArrive={(one) => {
            setArriving(false);
            void arrive(one);
          }}
          walkInHref={`/clinic/${slug}/parcours?walkin=1`}
        />
      )}
    </>
  );
}
