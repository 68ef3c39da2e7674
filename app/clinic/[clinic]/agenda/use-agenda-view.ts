"use client";

import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useSettledUndo } from "../../../_ui/toast/toast.tsx";
import { columnOf, type GridColumn, hoursOf, resourcesOfDay, versionsOf } from "../_schedule/columns.ts";
import { useHeld } from "../_schedule/use-held.ts";
import { useLive } from "../_schedule/use-live.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import { sevenDays, weekOf, weeksOfMonth } from "../_schedule/wall-time.ts";
import type { AgendaAddress } from "./use-agenda-address.ts";

/** The days that a view shows, from the first to the last. */
function daysOf(view: AgendaAddress["view"], date: string): string[] {
  if (view === "day") return [date];
  if (view === "list") return sevenDays(date);
  if (view === "week") return weekOf(date);
  return weeksOfMonth(date).flat();
}

/** What the address asks for, read and kept fresh by the live line. */
export function useAgendaReading({ view, location }: AgendaAddress, date: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const days = useMemo(() => daysOf(view, date), [view, date]);
  const input = { from: days[0] ?? date, until: days.at(-1) ?? date, ...(location && { locationId: location }) };
  const reading = useSeenQuery(trpc.appointment.agenda.queryKey(input), (refresh, options) =>
    client.appointment.agenda.query({ ...input, refresh }, options),
  );
  const { refetch } = reading;
  const agenda = useHeld(reading.data, reading.dataUpdatedAt);
  const refresh = useCallback(async () => {
    // What is beside the grid was read from the same rows.
    await Promise.all([refetch(), cache.invalidateQueries({ queryKey: trpc.appointment.read.queryKey() })]);
  }, [refetch, cache, trpc]);
  const downSince = useLive(() => void refresh());
  useSettledUndo(useMemo(() => versionsOf(agenda), [agenda]));
  return { agenda, days, reading, refresh, downSince };
}

type Agenda = ReturnType<typeof useAgendaReading>["agenda"];

/** Whose columns stand in the grid, and from when to when. */
export function useAgendaColumns({ view, by, who: asked }: AgendaAddress, date: string, agenda: Agenda) {
  const phone = useMediaQuery("(width < 48em)", false, { getInitialValueInEffect: true });
  const wide = useMediaQuery("(width >= 75em)", true, { getInitialValueInEffect: true });
  const present = useMemo(() => (agenda ? resourcesOfDay(agenda, date, by, []) : []), [agenda, date, by]);
  // A column of its own for each does not fit a phone; a week is one person's.
  const single = view === "week" || (phone && view === "day");
  const who = useMemo(() => {
    const known = asked.filter((id) => agenda?.resources.some((resource) => resource.id === id));
    return single ? [known[0] ?? present[0]?.id].flatMap((id) => id ?? []) : known;
  }, [asked, agenda, single, present]);
  const columns = useMemo((): GridColumn[] => {
    if (!agenda) return [];
    if (view === "week") {
      const chosen = agenda.resources.filter(({ id }) => who.includes(id));
      return weekOf(date).map((day) => columnOf(agenda, day, chosen));
    }
    return resourcesOfDay(agenda, date, by, who).map((resource) => columnOf(agenda, date, [resource]));
  }, [agenda, view, date, by, who]);
  const hours = useMemo(() => hoursOf(columns), [columns]);
  // Where all columns fit, the columns say it themselves; the keys and the filters still choose among them.
  const barShown = !wide || view !== "day" || present.length > 6 || who.length > 0;
  return { present, single, who, columns, hours, barShown };
}
