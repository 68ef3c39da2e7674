"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { BookDrawer, type BookStart } from "../_schedule/book-drawer.tsx";
import type { NamedAgenda } from "../_schedule/use-agenda-words.ts";
import { useAgendaWords } from "../_schedule/use-agenda-words.ts";
import type { useVisitActs } from "../_schedule/use-visit-acts.ts";
import type { AgendaRights } from "./agenda.tsx";
import { BlockDrawer } from "./block-drawer.tsx";

interface AgendaDrawersProps {
  agenda: NamedAgenda;
  rights: AgendaRights;
  acts: ReturnType<typeof useVisitActs>;
  refresh: () => Promise<unknown>;
  /** What is being written, with what was known when it began. */
  booking: BookStart | undefined;
  blocking: ComponentProps<typeof BlockDrawer>["start"] | undefined;
  onClose: () => void;
}

/** What is written beside the agenda: an appointment, or time that nobody can book; each with its way back in the toast. */
export function AgendaDrawers({ agenda, rights, acts, refresh, booking, blocking, onClose }: AgendaDrawersProps) {
  const t = useTranslations("agenda.told");
  const client = useTRPCClient();
  const toast = useToast();
  const words = useAgendaWords(agenda);
  return (
    <>
      {booking && (
        <BookDrawer
          agenda={agenda}
          start={booking}
          mayRegister={rights.register}
          mayForce={rights.overbook}
          onClose={onClose}
          onBooked={async ({ id, version, name, date, minute, series }) => {
            await refresh();
            toast({
              message: t("booked", { name, day: words.shortDay(date), time: words.minute(minute) }),
              of: { [id]: version },
              onUndo: () =>
                acts.attempt(async () => {
                  const scope = series ? "all" : "this";
                  await client.appointment.cancel.mutate({ id, version, by: "clinic", scope });
                  await refresh();
                }),
            });
          }}
        />
      )}
      {blocking && (
        <BlockDrawer
          agenda={agenda}
          start={blocking}
          onClose={onClose}
          onBlocked={async ({ id, version, title }) => {
            await refresh();
            toast({
              message: t("blocked", { title }),
              of: { [id]: version },
              onUndo: () =>
                acts.attempt(async () => {
                  await client.appointment.unblock.mutate({ id, version });
                  await refresh();
                }),
            });
          }}
        />
      )}
    </>
  );
}
