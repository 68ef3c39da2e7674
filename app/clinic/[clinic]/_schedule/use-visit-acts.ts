"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { AppointmentView } from "#server/appointment/record.ts";
import type { Stage } from "#server/appointment/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { type Step, stateOf } from "./states.tsx";

type Visit = Pick<AppointmentView, "id" | "version" | "name" | "status" | "flow" | "roomId">;

/** The gestures on one visit that every screen offers, each with its way back in the toast. */
export function useVisitActs(refresh: () => Promise<unknown>) {
  const t = useTranslations("agenda.told");
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();

  /** @returns whether it went */
  const attempt = useCallback(
    async (act: () => Promise<void>): Promise<boolean> => {
      try {
        await act();
        return true;
      } catch (error) {
        const { message, code } = say(error);
        toast({ message: code === "Conflict" ? t("changedMeanwhile") : message, tone: "danger" });
        await refresh();
        return false;
      }
    },
    [say, toast, t, refresh],
  );

  /** To another state of the day; the undo goes back one step, where the visit came from, and is told as it begins. */
  const advance = useCallback(
    (visit: Visit, to: Stage, roomId?: string | null, onUndo?: (before: Step) => void) =>
      attempt(async () => {
        const before = stateOf(visit);
        const { version } = await client.appointment.advance.mutate({
          id: visit.id,
          version: visit.version,
          to,
          ...(roomId !== undefined && { roomId }),
        });
        await refresh();
        toast({
          message: t(to, { name: visit.name }),
          of: { [visit.id]: version },
          onUndo:
            before === "cancelled"
              ? undefined
              : () =>
                  attempt(async () => {
                    if (before !== "noshow") onUndo?.(before);
                    await client.appointment.advance.mutate({
                      id: visit.id,
                      version,
                      to: before,
                      roomId: visit.roomId,
                    });
                    await refresh();
                  }),
        });
      }),
    [attempt, client, refresh, t, toast],
  );

  return { advance, attempt };
}
