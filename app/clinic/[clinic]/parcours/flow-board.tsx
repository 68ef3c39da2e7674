"use client";

import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconDoorEnter, IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { BoardRow } from "#server/appointment/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { plain } from "../../../_ui/palette/match.ts";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { ArrivalDialog } from "../_schedule/arrival-dialog.tsx";
import { BookDrawer } from "../_schedule/book-drawer.tsx";
import { flowColumns, needsEye } from "../_schedule/flow.ts";
import { OfflineNote } from "../_schedule/offline-note.tsx";
import { nextStep, type Step, stateOf, stepBefore, steps } from "../_schedule/states.tsx";
import { useAgendaWords } from "../_schedule/use-agenda-words.ts";
import { useBoard } from "../_schedule/use-board.ts";
import { useMinute } from "../_schedule/use-minute.ts";
import { wallClock } from "../_schedule/wall-time.ts";
import classes from "./flow.module.css";
import { FlowColumn } from "./flow-column.tsx";
import { PractitionerStrip } from "./practitioner-strip.tsx";

interface FlowBoardProps {
  slug: string;
  timeZone: string;
  mayWrite: boolean;
  mayForce: boolean;
  mayRegister: boolean;
}

/** The flow board: five columns from the door to the end, each card with the one gesture that comes next. */
export function FlowBoard({ slug, timeZone, mayWrite, mayForce, mayRegister }: FlowBoardProps) {
  const t = useTranslations("agenda.board");
  const told = useTranslations("agenda.told");
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  const now = useMinute();
  const clock = useMemo(() => wallClock(timeZone), [timeZone]);
  const wall = clock(now);
  const { reading, refresh, downSince, acts } = useBoard(wall.day);
  const board = reading.data;
  const words = useAgendaWords(board);
  const [who, setWho] = useState<string>();
  const [watching, setWatching] = useState(false);
  const [typed, setTyped] = useState("");
  const [arriving, setArriving] = useState(false);
  const [walkIn, setWalkIn] = useState(useSearchParams().has("walkin"));
  const [rooms, setRooms] = useState<string>();
  const frame = useRef<HTMLDivElement>(null);
  const follow = useRef<{ readonly id: string; readonly to: Step }>(undefined);

  const limit = board?.waitLimitMinutes ?? 20;
  const rows = board?.rows ?? [];
  const eyed = rows.filter((row) => needsEye(row, now, limit)).length;
  const shown = useMemo(() => {
    const asked = plain(typed.trim()).split(/\s+/u).filter(Boolean);
    return (board?.rows ?? []).filter(
      (row) =>
        (!who || row.resourceId === who) &&
        (!watching || needsEye(row, now, limit)) &&
        asked.every((word) => plain(row.name).includes(word)),
    );
  }, [board, who, watching, typed, now, limit]);
  const columns = useMemo(() => flowColumns(shown), [shown]);
  const freeRooms = useMemo(() => {
    const taken = new Set(
      (board?.rows ?? []).filter(({ status }) => status === "checked-in").map(({ roomId }) => roomId),
    );
    return (board?.resources ?? []).filter(
      ({ id, kind, status }) => kind === "room" && status === "active" && !taken.has(id),
    );
  }, [board]);

  /** The card under the focus; the keys of the page speak of it. */
  function focused(): BoardRow | undefined {
    const id = document.activeElement?.closest<HTMLElement>("[data-card]")?.dataset.card;
    return rows.find((row) => row.id === id);
  }

  async function advance(row: BoardRow, to: ReturnType<typeof nextStep>, roomId?: string | null) {
    if (!to || !mayWrite) return;
    // The focus goes along with the card, into its next column; refused, it stays where it is.
    follow.current = { id: row.id, to };
    const room = to === "roomed" ? (roomId ?? roomFor(row)) : roomId;
    // Taken back from the toast, it goes along with the card again.
    const went = await acts.advance(row, to, room, (before) => {
      follow.current = { id: row.id, to: before };
    });
    if (!went) follow.current = undefined;
  }

  /** The room that the visit has already, else the first that is free where it takes place. */
  function roomFor(row: BoardRow): string | undefined {
    return row.roomId ?? freeRooms.find(({ locationId }) => locationId === row.locationId)?.id;
  }

  useEffect(() => {
    const { id, to } = follow.current ?? {};
    const row = rows.find((one) => one.id === id);
    if (!row || stateOf(row) !== to) return;
    follow.current = undefined;
    frame.current?.querySelector<HTMLElement>(`[data-card="${id}"] [data-opener]`)?.focus();
  });

  useShortcutList(
    mayWrite
      ? [
          { keys: "a", label: t("key.arrival"), group: t("keys"), run: () => setArriving(true) },
          { keys: "w", label: t("key.walk"), group: t("keys"), run: () => setWalkIn(true) },
          {
            keys: "→",
            press: "ArrowRight",
            label: t("key.forward"),
            group: t("keys"),
            run: () => {
              const row = focused();
              if (row) void advance(row, nextStep(stateOf(row)));
            },
          },
          {
            keys: "←",
            press: "ArrowLeft",
            label: t("key.back"),
            group: t("keys"),
            run: () => {
              const row = focused();
              if (row) void advance(row, stepBefore(stateOf(row)));
            },
          },
          { keys: "r", label: t("key.room"), group: t("keys"), run: () => setRooms(focused()?.id) },
        ]
      : [],
  );

  /** Up and down within a column; Tab goes from column to column. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    const column = event.target.closest("[data-flow-column]");
    const cards = [...(column?.querySelectorAll<HTMLElement>("[data-opener]") ?? [])];
    const here = cards.findIndex((card) => card.closest("[data-card]")?.contains(event.target as Node));
    if (here < 0) return;
    event.preventDefault();
    cards[here + step]?.focus();
  }

  return (
    <div className={classes.screen}>
      <PageHead title={t("title")} context={<span className={classes.when}>{words.date(wall.day, "longDate")}</span>}>
        <Button
          variant={watching ? "light" : "default"}
          aria-pressed={watching}
          leftSection={<IconAlertTriangle size={18} aria-hidden />}
          onClick={() => setWatching(!watching)}
        >
          {t("watch")} {eyed}
        </Button>
        <TextInput
          className={classes.search}
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
        {mayWrite && (
          <>
            <Button
              variant="default"
              leftSection={<IconUserPlus size={18} aria-hidden />}
              onClick={() => setWalkIn(true)}
              aria-keyshortcuts="w"
            >
              {t("walkIn")}
            </Button>
            <Button
              leftSection={<IconDoorEnter size={18} aria-hidden />}
              rightSection={<KeyCap>a</KeyCap>}
              onClick={() => setArriving(true)}
              aria-keyshortcuts="a"
            >
              {t("arrival")}
            </Button>
          </>
        )}
      </PageHead>
      <OfflineNote since={downSince} />
      {reading.isError && (
        <PageBody>
          <ErrorPanel requestId={say(reading.error).requestId} onRetry={() => void reading.refetch()}>
            {say(reading.error).message}
          </ErrorPanel>
        </PageBody>
      )}
      {!board && !reading.isError && (
        <PageBody>
          <SkeletonRows rows={8} />
        </PageBody>
      )}
      {board && <PractitionerStrip board={board} now={now} who={who} onChange={setWho} />}
      {board && rows.length === 0 && <p className={classes.nobody}>{t("nobody")}</p>}
      {board && rows.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys only move the focus between the cards inside.
        <div className={classes.columns} ref={frame} onKeyDown={onKeyDown}>
          {steps.map((step) => (
            <FlowColumn
              key={step}
              step={step}
              rows={columns[step]}
              board={board}
              words={words}
              now={now}
              freeRooms={freeRooms}
              filtered={shown.length < rows.length}
              mayWrite={mayWrite}
              agendaHref={`/clinic/${slug}/agenda`}
              roomsOpen={rooms}
              onRooms={setRooms}
              roomFor={roomFor}
              onAdvance={advance}
            />
          ))}
        </div>
      )}
      {board && arriving && (
        <ArrivalDialog
          board={board}
          now={now}
          onClose={() => setArriving(false)}
          onArrive={(row) => {
            setArriving(false);
            void advance(row, "arrived");
          }}
          onWalkIn={() => {
            setArriving(false);
            setWalkIn(true);
          }}
        />
      )}
      {board && walkIn && (
        <BookDrawer
          agenda={board}
          start={{ date: wall.day, minute: wall.minute, walkIn: true }}
          mayRegister={mayRegister}
          mayForce={mayForce}
          onClose={() => setWalkIn(false)}
          onBooked={async ({ id, version, name }) => {
            await refresh();
            toast({
              message: told("walkedIn", { name }),
              of: { [id]: version },
              onUndo: () =>
                acts.attempt(async () => {
                  await client.appointment.cancel.mutate({ id, version, by: "clinic" });
                  await refresh();
                }),
            });
          }}
        />
      )}
    </div>
  );
}
