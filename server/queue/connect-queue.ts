import { createPostgresBackend, Queue, Worker, withBackend } from "bullmq";
import { Redis } from "ioredis";
import type { Retry } from "./define-job.ts";

/**
 * The only module that knows what carries the queue: PostgreSQL, or Redis (Valkey) when `redisUrl` is given. What differs
 * ends here; relay and worker see one shape.
 *
 * The queue only carries. What is owed stands in `queue.outbox`, so a Redis that forgets everything delays work and loses
 * none. For the same reason a finished or failed job leaves no trace in it.
 */
export interface QueuePlace {
  /** Direct PostgreSQL address of the role chevet_queue: LISTEN does not survive a transaction pooler. */
  queueDatabaseUrl: string;
  redisUrl?: string | undefined;
}

/** What travels with a job: ids only. */
export interface Carried {
  clinicId: string | null;
  requestId: string | null;
  payload: Record<string, string>;
}

export interface JobToCarry extends Carried {
  id: string;
  name: string;
  retry: Retry;
}

export interface RunningJob extends Carried {
  id: string;
  name: string;
  /** 1 for the first try; a try cut short by a crash does not count. */
  attempt: number;
  attempts: number;
  /** Every start, crashed ones included. */
  starts: number;
  /** A tick of a recurring job: there is no outbox row behind it. */
  recurring: boolean;
}

/** How fast a dead worker's job is taken over, and how many jobs run at once. */
export interface WorkPace {
  concurrency: number;
  /** A worker that is silent for so long is taken for dead (it renews twice as often). */
  lockMs: number;
  /** The longest that one try of a job may take. */
  limitMs: number;
}

export const queueName = "chevet";
/** On PostgreSQL a bulk is ten times faster than one by one from about ten jobs on, and ten times slower for a single one. */
const bulkFrom = 8;
const pooled = { max: 8, keepAlive: true, application_name: "chevet-queue" };
const onPostgres = withBackend(createPostgresBackend);

export type QueueConnection = ReturnType<typeof connectQueue>;

/** Connects to the queue. `onError` hears of connection faults, which the libraries mend by themselves. */
export function connectQueue(place: QueuePlace, onError: (error: Error) => void) {
  const { queueDatabaseUrl, redisUrl } = place;
  const redis: Redis[] = [];
  /** A producer fails at once, so that the relay can say so; a worker waits for as long as it takes. */
  const dial = (url: string, patient: boolean) => {
    const client = new Redis(url, { maxRetriesPerRequest: patient ? null : 1, enableOfflineQueue: patient });
    client.on("error", onError);
    redis.push(client);
    return client;
  };
  const postgres = { connectionString: queueDatabaseUrl, schema: "queue", ...pooled };
  const queue = redisUrl
    ? new Queue<Carried>(queueName, { connection: dial(redisUrl, true), prefix: queueName })
    : new onPostgres.Queue<Carried>(queueName, { connection: postgres });
  queue.on("error", onError);

  return {
    backend: redisUrl ? ("redis" as const) : ("postgres" as const),

    ready: () => queue.waitUntilReady(),

    /** Hands jobs over. An id that the queue already holds is ignored, so handing over twice is harmless. */
    async add(jobs: JobToCarry[]): Promise<void> {
      const carried = jobs.map(({ id, name, retry, ...data }) => ({ name, data, opts: carriedAs(id, retry) }));
      if (redisUrl || carried.length >= bulkFrom) await queue.addBulk(carried);
      else await Promise.all(carried.map(({ name, data, opts }) => queue.add(name, data, opts)));
    },

    /**
     * Clears away what is left of jobs that went silent, so that `add` does not take a remainder for the job: one that the queue knows by id but holds in no
     * list, or has ended while it is still owed. A job that waits, runs or is to be retried is left alone.
     */
    async clearRemains(jobIds: string[]): Promise<void> {
      for (const jobId of jobIds) {
        const state = await queue.getJobState(jobId);
        if (state === "unknown" || state === "completed" || state === "failed") await queue.remove(jobId);
      }
    },

    /** Makes sure that a job ticks every `everyMs`; a queue that was wiped gets it again. */
    async repeat(name: string, everyMs: number): Promise<void> {
      const known = await queue.getJobScheduler(name);
      if (known?.every === everyMs) return;
      const data = { clinicId: null, requestId: null, payload: {} };
      await queue.upsertJobScheduler(
        name,
        { every: everyMs },
        { name, data, opts: { removeOnComplete: true, removeOnFail: true } },
      );
    },

    /** How many jobs wait, run or wait for a retry. */
    async count(): Promise<Record<string, number>> {
      return await queue.getJobCounts("waiting", "active", "delayed", "prioritized");
    },

    /** Starts taking jobs. The returned function stops: running jobs are waited for, unless `force`. */
    work(run: (job: RunningJob) => Promise<void>, { concurrency, lockMs }: Omit<WorkPace, "limitMs">) {
      const options = {
        concurrency,
        lockDuration: lockMs,
        stalledInterval: lockMs,
        runRetryDelay: 1000,
        // A crash is not the job's fault until proven: run-job.ts buries the one that keeps killing its worker.
        maxStalledCount: 1_000_000,
      };
      const processor = (job: Parameters<typeof asRunning>[0]) => run(asRunning(job));
      const worker = redisUrl
        ? new Worker<Carried, void>(queueName, processor, {
            ...options,
            connection: dial(redisUrl, true),
            prefix: queueName,
          })
        : new onPostgres.Worker<Carried, void>(queueName, processor, { ...options, connection: postgres });
      worker.on("error", onError);
      return (force: boolean) => worker.close(force);
    },

    async close(): Promise<void> {
      await queue.close();
      for (const client of redis) client.disconnect();
    },
  };
}

function carriedAs(jobId: string, retry: Retry) {
  // Half of each wait is random: jobs that failed together do not come back together.
  const backoff = { type: "exponential", delay: retry.firstDelayMs, jitter: 0.5 };
  return { jobId, attempts: retry.attempts, backoff, removeOnComplete: true, removeOnFail: true, sizeLimit: 2048 };
}

interface BullJob {
  id?: string | undefined;
  name: string;
  data: Carried;
  attemptsMade: number;
  attemptsStarted: number;
  opts: { attempts?: number | undefined };
  repeatJobKey?: string | undefined;
}

function asRunning(job: BullJob): RunningJob {
  return {
    ...job.data,
    id: job.id ?? "",
    name: job.name,
    attempt: job.attemptsMade + 1,
    attempts: job.opts.attempts ?? 1,
    starts: job.attemptsStarted,
    recurring: job.repeatJobKey !== undefined,
  };
}
