import pg from "pg";
import { env, needEnv } from "#server/env.ts";

/** One connection that hears of every change of a schedule, of documents, tasks, discussions and notes being written; closed once, for good. */
export interface ScheduleEar {
  close(): Promise<void>;
}

/** What is told by each channel. A clinic's id travels, and nothing of what changed. */
const topics = {
  chevet_schedule: "schedule",
  chevet_document: "document",
  chevet_task: "task",
  chevet_discussion: "discussion",
  chevet_note: "note",
} as const;
export type Topic = (typeof topics)[keyof typeof topics];
export const allTopics: readonly Topic[] = Object.values(topics);

const firstWaitMs = 100;
const longestWaitMs = 5_000;
/** How often the line is tried when nothing is said: a dead one says nothing either. */
const probeMs = 30_000;
const probeTimeoutMs = 10_000;

/**
 * Listens where every write that can change a clinic's agenda, its documents, tasks, discussions or notes tells the clinic's id. Straight to PostgreSQL: LISTEN does
 * not survive a transaction pooler. A connection that breaks is opened again, and `onGap` says that something may have gone unheard.
 */
export function listenSchedule(onChange: (clinicId: string, topic: Topic) => void, onGap: () => void): ScheduleEar {
  const url = env().CHEVET_QUEUE_DATABASE_URL ?? needEnv("CHEVET_WEB_DATABASE_URL");
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let heardBefore = false;
  let waitMs = firstWaitMs;

  async function open(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, application_name: "chevet_live" });
    client = fresh;
    fresh.on("notification", ({ channel, payload }) => {
      if (payload && channel in topics) onChange(payload, topics[channel as keyof typeof topics]);
    });
    fresh.on("error", () => undefined);
    fresh.once("end", () => again(fresh));
    try {
      await fresh.connect();
      await fresh.query(
        Object.keys(topics)
          .map((channel) => `listen ${channel}`)
          .join("; "),
      );
    } catch {
      void fresh.end().catch(() => undefined);
      again(fresh);
      return;
    }
    waitMs = firstWaitMs;
    if (heardBefore) onGap();
    heardBefore = true;
    probe(fresh);
  }

  function again(failed: pg.Client): void {
    if (closed || client !== failed) return;
    client = undefined;
    clearTimeout(timer);
    timer = setTimeout(() => void open(), waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }

  function probe(live: pg.Client): void {
    timer = setTimeout(async () => {
      const late = setTimeout(() => again(live), probeTimeoutMs);
      await live.query("select 1").catch(() => undefined);
      clearTimeout(late);
      if (client === live && !closed) probe(live);
      else void live.end().catch(() => undefined);
    }, probeMs);
  }

  void open();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
