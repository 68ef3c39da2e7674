"use client";

import { useParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { MAX_DOCUMENT_BYTES, PART_BYTES } from "#server/document/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { type ToldError, useErrorText, useToldText } from "../../../_trpc/use-error-text.ts";

export interface Sending {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: "waiting" | "sending" | "checking" | "offline" | "signed-out" | "done" | "refused";
  /** Why it was not taken. */
  readonly reason?: string;
}

/** Files on their way at once: more would only share one line. */
const atOnce = 3;
/** Files that one call announces. */
const announced = 100;
const longestWaitMs = 15_000;

class Refused extends Error {}

/**
 * Sends files part by part. A dead network or a session that has to be opened again only makes it wait: it asks from where to go on, and goes on. A
 * file that was interrupted by a closed page goes on from where it was when it is given again.
 * @param patientId whose chart they are dropped on: proposed, never filed by itself
 * @param onReceived a document is in the inbox
 */
export function useUploads(patientId: string | null, onReceived: () => void) {
  const { clinic } = useParams<{ clinic: string }>();
  const client = useTRPCClient();
  const say = useErrorText();
  const tell = useToldText();
  const [list, setList] = useState<readonly Sending[]>([]);
  const queue = useRef<{ id: string; file: File; at: number }[]>([]);
  const running = useRef(0);
  const live = useRef(onReceived);
  useEffect(() => {
    live.current = onReceived;
  });

  const set = useCallback(
    (id: string, change: Partial<Sending>) =>
      setList((before) => before.map((one) => (one.id === id ? { ...one, ...change } : one))),
    [],
  );

  const busy = list.some(({ state }) => !["done", "refused"].includes(state));
  useEffect(() => {
    if (!busy) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [busy]);

  /** Tries until it is done or refused; what a network or a session did only makes it wait. */
  const patiently = useCallback(
    async <T>(id: string, state: Sending["state"], work: () => Promise<T>): Promise<T> => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await work();
        } catch (error) {
          if (error instanceof Refused) throw error;
          const { code, message } = say(error);
          const waits = ["Network", "Busy", "LimitReached", "Internal"].includes(code);
          const away = ["Unauthenticated", "Locked"].includes(code);
          if (!waits && !away) throw new Refused(message);
          set(id, { state: away ? "signed-out" : "offline" });
          await new Promise((resolve) => setTimeout(resolve, Math.min(longestWaitMs, 1_000 * 2 ** tries)));
          set(id, { state });
        }
      }
    },
    [say, set],
  );

  const sendPart = useCallback(
    async (id: string, file: File, at: number): Promise<number> => {
      const response = await fetch(`/api/clinic/${clinic}/uploads/${id}?offset=${at}`, {
        method: "PUT",
        headers: { "content-type": "application/octet-stream" },
        body: file.slice(at, at + PART_BYTES),
      });
      const answer = (await response.json()) as { receivedBytes: number } | { error: ToldError };
      if ("receivedBytes" in answer) return answer.receivedBytes;
      const { code, key } = answer.error;
      // Half a part came in: sent again.
      if (key === "document.part" || ["Busy", "Internal"].includes(code)) throw new TypeError(key);
      if (["Unauthenticated", "Locked"].includes(code))
        return patiently(id, "sending", () => client.document.count.query()).then(() => at);
      throw new Refused(tell(answer.error).message);
    },
    [clinic, client, patiently, tell],
  );

  const send = useCallback(
    async ({ id, file, at }: { id: string; file: File; at: number }): Promise<void> => {
      try {
        set(id, { state: "sending" });
        for (let sent = at; sent < file.size; ) {
          const from = sent;
          sent = await patiently(id, "sending", () => sendPart(id, file, from));
          set(id, { sentBytes: sent });
        }
        set(id, { state: "checking" });
        await patiently(id, "checking", () => client.document.completeUpload.mutate({ id, patientId }));
        set(id, { state: "done" });
        live.current();
      } catch (error) {
        set(id, { state: "refused", reason: error instanceof Refused ? error.message : say(error).message });
      }
    },
    [client, patientId, patiently, say, sendPart, set],
  );

  const work = useCallback(async () => {
    if (running.current >= atOnce) return;
    running.current += 1;
    for (let next = queue.current.shift(); next; next = queue.current.shift()) await send(next);
    running.current -= 1;
  }, [send]);

  const add = useCallback(
    async (files: readonly File[]) => {
      const fresh = files.map((file) => ({ id: crypto.randomUUID() as string, file }));
      const line = ({ id, file }: (typeof fresh)[number]): Sending => ({
        id,
        name: file.name,
        sizeBytes: file.size,
        sentBytes: 0,
        state: "waiting",
      });
      const bad = ({ file }: (typeof fresh)[number]) =>
        file.size === 0 ? "document.empty" : file.size > MAX_DOCUMENT_BYTES ? "document.tooLarge" : undefined;
      setList((before) => [
        ...before,
        ...fresh.map((one): Sending => {
          const key = bad(one);
          if (!key) return line(one);
          return {
            ...line(one),
            state: "refused",
            reason: tell({ code: "Invalid", key, fields: {}, details: {} }).message,
          };
        }),
      ]);
      const good = fresh.filter((one) => !bad(one));
      for (let at = 0; at < good.length; at += announced) {
        const some = good.slice(at, at + announced);
        const begun = await patiently(some[0]?.id ?? "", "waiting", () =>
          client.document.beginUpload.mutate({
            files: some.map(({ id, file }) => ({
              id,
              name: file.name.slice(-255),
              sizeBytes: file.size,
              modifiedAt: new Date(file.lastModified),
            })),
          }),
        ).catch((error: Error) => {
          for (const { id } of some) set(id, { state: "refused", reason: error.message });
          return [];
        });
        for (const { askedId, id, receivedBytes } of begun) {
          const file = some.find((one) => one.id === askedId)?.file;
          set(askedId, { id, sentBytes: receivedBytes });
          if (file) queue.current.push({ id, file, at: receivedBytes });
        }
        for (let lines = 0; lines < atOnce; lines += 1) void work();
      }
    },
    [client, patiently, set, tell, work],
  );

  return {
    list,
    add,
    dismiss: () => setList((before) => before.filter(({ state }) => !["done", "refused"].includes(state))),
  };
}
