"use client";

import { useTranslations } from "next-intl";
import type { AgendaView, SittingView } from "#server/appointment/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { type GridColumn, placeAt, type Span } from "../_schedule/columns.ts";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import type { useVisitActs } from "../_schedule/use-visit-acts.ts";
import type { AgendaAddress } from "./use-agenda-address.ts";
import { useMoveKeys } from "./use-agenda-keys.ts";
import { useDrag } from "./use-drag.ts";
import { targetOf, useMover } from "./use-mover.ts";

interface AgendaMoves {
  agenda: AgendaView | undefined;
  address: AgendaAddress;
  columns: readonly GridColumn[];
  hours: Span;
  words: AgendaWords;
  acts: ReturnType<typeof useVisitActs>;
  refresh: () => Promise<unknown>;
  mayMove: boolean;
}

/** A visit taken by a pointer or by the keys, over the columns that are shown, and its way back in the toast. */
export function useAgendaMoves({ agenda, address, columns, hours, words, acts, refresh, mayMove }: AgendaMoves) {
  const t = useTranslations("agenda");
  const client = useTRPCClient();
  const toast = useToast();

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
        of: { ...ofThoseIn(before), [before.id]: version },
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
    const place = placeAt(column, minute);
    // A room is found again by the server; only who leads the visit changes with the column.
    const leads = column.resource && (address.by === "practitioner" || sitting.kind === "block");
    return {
      date: column.day,
      ...(leads && address.view === "day" && column.resource && { resourceId: column.resource.id }),
      ...(place && { locationId: place }),
    };
  }
  const drag = useDrag({ agenda, hours, mover, mayMove, shown: agenda && address.view, columnTarget });

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

  return { mover, ...drag };
}

/** What was told of its visits makes room for the move, which leaves their own versions as they are. */
const ofThoseIn = ({ appointments }: SittingView) =>
  Object.fromEntries(appointments.map(({ id }) => [id, Number.MAX_SAFE_INTEGER]));
