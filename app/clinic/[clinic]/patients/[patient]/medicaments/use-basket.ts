"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import type { PrescriptionLine } from "#server/medication/record.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import type { SaveStatus } from "../../../../../_ui/save-state/save-state.tsx";
import { useRefreshMedications } from "./use-refresh-medications.ts";

/** After this pause in what is typed, in milliseconds, it is kept. */
const pause = 700;

interface Basket {
  id: string;
  version: number;
  replacesId: string | null;
}

/** The same prescription as another window of this person left it. */
export interface OtherBasket {
  readonly items: readonly PrescriptionItem[];
  readonly version: number;
}

const fresh = (): Basket => ({ id: v7(), version: 0, replacesId: null });

/** What is being prescribed: kept on the server at each pause, one save after the other, so that a killed browser loses nothing. */
export function useBasket(patientId: string, prepared: PrescriptionLine | undefined) {
  const client = useTRPCClient();
  const say = useErrorText();
  const [other, setOther] = useState<OtherBasket>();
  const [items, setItems] = useState<readonly PrescriptionItem[]>(prepared?.items ?? []);
  const [status, setStatus] = useState<SaveStatus>({ is: "untouched" });
  const [replacesId, setReplacesId] = useState(prepared?.replacesId ?? null);
  const basket = useRef<Basket>(
    prepared ? { id: prepared.id, version: prepared.version, replacesId: prepared.replacesId } : fresh(),
  );
  const live = useRef(items);
  const saved = useRef(items);
  // Sent, and nothing was heard of it: it is sent again before anything else, and the server knows it if it had it.
  const unsure = useRef<readonly PrescriptionItem[]>(undefined);
  const line = useRef<Promise<void>>(Promise.resolve());
  const written = useRef(false);
  const refresh = useRefreshMedications();

  const save = useCallback(() => {
    line.current = line.current
      .catch(() => undefined)
      .then(async () => {
        const sent = live.current;
        if (sent === saved.current) return;
        const keep = async (kept: readonly PrescriptionItem[]) => {
          const { id, version, replacesId: correcting } = basket.current;
          const content = { id, patientId, version, items: [...kept], replacesId: correcting };
          unsure.current = kept;
          const answer = await client.prescription.prepare.mutate(content);
          basket.current = { ...basket.current, version: answer.version };
          unsure.current = undefined;
        };
        setStatus({ is: "saving" });
        try {
          if (unsure.current && unsure.current !== sent) await keep(unsure.current);
          const { id, version } = basket.current;
          if (sent.length > 0) {
            await keep(sent);
          } else if (version > 0) {
            await client.prescription.discard.mutate({ id, version });
            basket.current = fresh();
          }
          saved.current = sent;
          written.current = true;
          setStatus({ is: "saved", at: new Date() });
        } catch (error) {
          const told = say(error);
          // Refused is heard of.
          if (told.code !== "Network") unsure.current = undefined;
          if (told.code === "Conflict") setOther(otherIn(told.details));
          setStatus({ is: "failed" });
          throw error;
        }
      });
    return line.current;
  }, [client, patientId, say]);

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

  /** Of two windows: goes on from what the other one left, or puts what is here in its place. */
  const settle = useCallback(
    (keep: "mine" | "theirs") => {
      if (!other) return;
      basket.current = { ...basket.current, version: other.version };
      saved.current = other.items;
      // Another list of the same lines differs from what is kept, and so is sent.
      live.current = keep === "theirs" ? other.items : [...live.current];
      setItems(live.current);
      setStatus({ is: "untouched" });
      setOther(undefined);
    },
    [other],
  );

  const key = useCallback(() => ({ id: basket.current.id, version: basket.current.version }), []);
  return { items, edit, status, save, begin, key, replacesId, other, settle };
}

/** What a refused save is told of the one that is kept; nothing where that one is signed or put aside. */
function otherIn({ current }: Record<string, unknown>): OtherBasket | undefined {
  const kept = current as { status: string; version: number; content: { items: PrescriptionItem[] } } | undefined;
  return kept?.status === "prepared" ? { items: kept.content.items, version: kept.version } : undefined;
}
