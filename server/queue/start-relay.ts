import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "#server/logger.ts";
import { outboxRelayed } from "#server/observability/metrics.ts";
import { claimOutbox, type OwedJob, reclaimOutbox, releaseOutbox } from "./claim-outbox.ts";
import type { QueueConnection } from "./connect-queue.ts";
import type { Job, Retry } from "./define-job.ts";
import { requeueDeadLetters } from "./requeue-dead-letters.ts";

export interface RelayPace {
  /** Rows per round. */
  batch: number;
  /** The longest wait between two looks at the outbox, and so the lateness of a job that was due in the future. */
  pollMs: number;
  /** A job handed over so long ago and still owed is handed over again. */
  silentMs: number;
}

export const relayPace: RelayPace = { batch: 500, pollMs: 1000, silentMs: 60_000 };

/** A job that this process does not know (a newer release wrote it) is still carried: another worker may know it. */
const unknownRetry: Retry = { attempts: 10, firstDelayMs: 10_000 };

/**
 * Hands due outbox rows to the queue until stopped. Any number of relays may run; each may be killed at any point (README.md says why).
 * @returns `wake`, to look at once, and `stop`, which lets the current round end.
 */
export function startRelay(queue: QueueConnection, jobs: readonly Job[], log: Logger, pace: RelayPace = relayPace) {
  const retries = new Map(jobs.map((job) => [job.name, job.retry]));
  let stopping = false;
  let interrupt = new AbortController();
  let lastReclaim = Date.now();

  const wake = () => interrupt.abort();

  async function rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: interrupt.signal }).catch(() => undefined);
  }

  async function hand(owed: OwedJob[], again: boolean): Promise<void> {
    if (owed.length === 0) return;
    try {
      if (again) await queue.clearRemains(owed.map(({ id }) => id));
      await queue.add(owed.map((job) => ({ ...job, retry: retries.get(job.name) ?? unknownRetry })));
      outboxRelayed.inc({ again: String(again) }, owed.length);
    } catch (error) {
      await releaseOutbox(owed.map(({ id }) => id)).catch(() => undefined);
      throw error;
    }
  }

  async function round(): Promise<boolean> {
    await requeueDeadLetters(pace.batch);
    if (Date.now() - lastReclaim >= pace.silentMs / 2) {
      await hand(await reclaimOutbox(pace.batch, pace.silentMs), true);
      lastReclaim = Date.now();
    }
    const owed = await claimOutbox(pace.batch);
    await hand(owed, false);
    return owed.length === pace.batch;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      interrupt = new AbortController();
      try {
        if (await round()) continue;
        await rest(pace.pollMs);
      } catch (error) {
        log.warn("relay.round-failed", { backend: queue.backend }, error);
        // Not interrupted by notices: a fault that lasts must not become a busy loop.
        await sleep(pace.pollMs);
      }
    }
  }

  const running = run();
  return {
    wake,
    async stop(): Promise<void> {
      stopping = true;
      wake();
      await running;
    },
  };
}
