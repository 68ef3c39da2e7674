"use client";

import { useParams, useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { windowTab } from "../patients/[patient]/_note/window-tab.ts";

/**
 * From a visit to its note in one gesture: the encounter is opened, the note begun or found again, and the chart shown; signed already, it is
 * read. @returns `busy`, the visit whose note is on its way
 */
export function useWriteNote() {
  const say = useErrorText();
  const toast = useToast();
  const router = useRouter();
  const client = useTRPCClient();
  const { clinic } = useParams<{ clinic: string }>();
  const [busy, setBusy] = useState<string>();
  // Pressed twice, one note is begun.
  const ids = useRef(new Map<string, { id: string; encounterId: string }>());

  async function write(patientId: string, appointmentId: string) {
    const made = ids.current.get(appointmentId) ?? { id: crypto.randomUUID(), encounterId: crypto.randomUUID() };
    ids.current.set(appointmentId, made);
    setBusy(appointmentId);
    try {
      const note = await client.note.start.mutate({
        ...made,
        patientId,
        appointmentId,
        again: false,
        tab: windowTab(),
      });
      const address = `/clinic/${clinic}/patients/${patientId}?visite=${appointmentId}`;
      router.push(note.signed ? `${address}&note=${note.id}` : address);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(undefined);
    }
  }
  return { write, busy };
}
