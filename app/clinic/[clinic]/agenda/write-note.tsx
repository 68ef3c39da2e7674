"use client";

import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useWriteNote } from "../_schedule/use-write-note.ts";

/** From the visit to its note in one gesture, for whoever writes in charts. */
export function WriteNote({ patientId, appointmentId }: { patientId: string; appointmentId: string }) {
  const t = useTranslations("agenda");
  const trpc = useTRPC();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const { write, busy } = useWriteNote();
  if (!me.data?.membership.permissions.includes("chart:write")) return null;
  return (
    <Button
      leftSection={<IconPencil size={18} aria-hidden />}
      variant="default"
      onClick={() => void write(patientId, appointmentId)}
      loading={busy !== undefined}
    >
      {t("writeNote")}
    </Button>
  );
}
