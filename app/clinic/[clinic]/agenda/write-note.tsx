"use client";

import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { windowTab } from "../patients/[patient]/_note/window-tab.ts";

/** From the visit to its note in one gesture: the encounter is opened, the note begun or found again, and the chart shown. */
export function WriteNote({ patientId, appointmentId }: { patientId: string; appointmentId: string }) {
  const t = useTranslations("agenda");
  const say = useErrorText();
  const toast = useToast();
  const router = useRouter();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { clinic } = useParams<{ clinic: string }>();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const [busy, setBusy] = useState(false);
  const ids = useRef({ id: crypto.randomUUID() as string, encounterId: crypto.randomUUID() as string });
  if (!me.data?.membership.permissions.includes("chart:write")) return null;

  async function write() {
    setBusy(true);
    try {
      await client.note.start.mutate({ ...ids.current, patientId, appointmentId, tab: windowTab() });
      router.push(`/clinic/${clinic}/patients/${patientId}?visite=${appointmentId}`);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
    }
  }

  return (
    <Button leftSection={<IconPencil size={18} aria-hidden />} variant="default" onClick={write} loading={busy}>
      {t("writeNote")}
    </Button>
  );
}
