"use client";

import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { NoteMark } from "../_schedule/note-mark.tsx";
import { useNotesOfDay } from "../_schedule/use-notes-of-day.ts";
import { useWriteNote } from "../_schedule/use-write-note.ts";

/** From the visit to its note in one gesture, for whoever writes in charts; of a visit of their own, where that note stands. */
export function WriteNote({
  patientId,
  appointmentId,
  date,
}: {
  patientId: string;
  appointmentId: string;
  date: string;
}) {
  const t = useTranslations("agenda");
  const trpc = useTRPC();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const { write, busy } = useWriteNote();
  const mayWrite = me.data?.membership.permissions.includes("chart:write") ?? false;
  const note = useNotesOfDay(date, mayWrite)?.(appointmentId);
  if (!mayWrite) return null;
  return (
    <>
      <Button
        leftSection={<IconPencil size={18} aria-hidden />}
        variant="default"
        onClick={() => void write(patientId, appointmentId)}
        loading={busy !== undefined}
      >
        {t("writeNote")}
      </Button>
      {note && note !== "none" && <NoteMark state={note} />}
    </>
  );
}
