import type { Logger } from "#server/logger.ts";
import { connectQueue, type QueuePlace, type WorkPace } from "./connect-queue.ts";
import { listenOutbox } from "./listen-outbox.ts";
import { createJobRunner, type Handled } from "./run-job.ts";
import { createSettler } from "./settle-jobs.ts";
import { type RelayPace, relayPace, startRelay } from "./start-relay.ts";

export interface QueuePace {
  relay?: RelayPace;
  work?: WorkPace;
  /** How often the recurring jobs are looked after. */
  repeatMs?: number;
}

const workPace: WorkPace = { concurrency: 10, lockMs: 30_000, limitMs: 600_000 };

export type RunningQueue = Awaited<ReturnType<typeof runQueue>>;

/**
 * Starts relay, worker and recurring jobs in this process.
 * @returns `stop`: claims nothing more, waits up to `graceMs` for running jobs, then leaves them to be taken over.
 */
export async function runQueue(place: QueuePlace, handlers: readonly Handled[], logger: Logger, pace: QueuePace = {}) {
  const queue = connectQueue(place, (error) =>
    logger.warn("queue.connection", { backend: place.redisUrl ? "redis" : "postgres" }, error),
  );
  await queue.ready().catch(async (error: unknown) => {
    await queue.close().catch(() => undefined);
    throw error;
  });

  const jobs = handlers.map((handled) => handled.job);
  const owed = jobs.filter((job) => job.kind === "job");
  const recurring = jobs.filter((job) => job.kind === "recurring-job");
  const relay = startRelay(queue, owed, logger, pace.relay ?? relayPace);
  const deaf = listenOutbox(place.queueDatabaseUrl, relay.wake, (error) => logger.warn("relay.listen", {}, error));
  const work = pace.work ?? workPace;
  const stopWork = queue.work(createJobRunner(handlers, createSettler(), logger, work.limitMs), work);

  // Looked at again and again: a Redis that was wiped gets its recurring jobs back without a restart.
  const repeatAll = async () => {
    for (const { name, everyMs } of recurring) await queue.repeat(name, everyMs);
  };
  const repeating = setInterval(
    () => void repeatAll().catch((error) => logger.warn("queue.repeat", {}, error)),
    pace.repeatMs ?? 60_000,
  );
  await repeatAll();

  return {
    backend: queue.backend,
    count: queue.count,
    async stop(graceMs: number): Promise<void> {
      clearInterval(repeating);
      await deaf();
      await relay.stop();
      await Promise.race([stopWork(false), after(graceMs)]);
      await Promise.race([queue.close(), after(2000)]);
    },
  };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
