"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import type { PrescriptionLine } from "#server/medication/record.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import type { SaveStatus } from "../../../../../_ui/save-state/save-state.tsx";
import { useRefreshMedications } from "./use-refresh-medications.ts";

/** After this pause in what is typed, in milliseconds, it is kept. */
const pause = 700;

interface Basket {
  id: string;
  version: number;
  replacesId: string | null;
}

const fresh = (): Basket => ({ id: v7(), version: 0, replacesId: null });

/** What is being prescribed: kept on the server at each pause, one save after the other, so that a killed browser loses nothing. */
export function useBasket(patientId: string, prepared: PrescriptionLine | undefined) {
  const client = useTRPCClient();
  const [items, setItems] = useState<readonly PrescriptionItem[]>(prepared?.items ?? []);
  const [status, setStatus] = useState<SaveStatus>({ is: "untouched" });
  const [replacesId, setReplacesId] = useState(prepared?.replacesId ?? null);
  const basket = useRef<Basket>(
    prepared ? { id: prepared.id, version: prepared.version, replacesId: prepared.replacesId } : fresh(),
  );
  const live = useRef(items);
  const saved = useRef(items);
  const line = useRef<Promise<void>>(Promise.resolve());
  const written = useRef(false);
  const refresh = useRefreshMedications();

  const save = useCallback(() => {
    line.current = line.current
      .catch(() => undefined)
      .then(async () => {
        const sent = live.current;
        if (sent === saved.current) return;
        const { id, version, replacesId: correcting } = basket.current;
        setStatus({ is: "saving" });
        try {
          if (sent.length > 0) {
            const answer = await client.prescription.prepare.mutate({
              id,
              patientId,
              version,
              items: [...sent],
              replacesId: correcting,
            });
            basket.current = { ...basket.current, version: answer.version };
          } else if (version > 0) {
            await client.prescription.discard.mutate({ id, version });
            basket.current = fresh();
          }
          saved.current = sent;
          written.current = true;
          setStatus({ is: "saved", at: new Date() });
        } catch (error) {
          setStatus({ is: "failed" });
          throw error;
        }
      });
    return line.current;
  }, [client, patientId]);

  useEffect(() => {
    if (items === saved.current) return;
    const timer = setTimeout(() => void save().catch(() => undefined), pause);
    return () => clearTimeout(timer);
  }, [items, save]);

  // Closed within the pause, it is kept all the same; and whatever shows it later reads it anew.
  useEffect(
    () => () => {
      void save()
        .then(() => {
          if (!written.current) return;
          written.current = false;
          return refresh();
        })
        .catch(() => undefined);
    },
    [save, refresh],
  );

  const edit = useCallback((change: (before: readonly PrescriptionItem[]) => readonly PrescriptionItem[]) => {
    live.current = change(live.current);
    setItems(live.current);
  }, []);

  /** Begins anew: empty, from one that somebody prepared, or to correct one that is signed. */
  const begin = useCallback((from?: { prepared?: PrescriptionLine; corrects?: PrescriptionLine }) => {
    const { prepared: other, corrects } = from ?? {};
    basket.current = other
      ? { id: other.id, version: other.version, replacesId: other.replacesId }
      : { ...fresh(), replacesId: corrects?.id ?? null };
    live.current = other?.items ?? corrects?.items ?? [];
    saved.current = corrects ? [] : live.current;
    setItems(live.current);
    setReplacesId(basket.current.replacesId);
    setStatus({ is: "untouched" });
  }, []);

  const key = useCallback(() => ({ id: basket.current.id, version: basket.current.version }), []);
  return { items, edit, status, save, begin, key, replacesId };
}
