import type { SystemContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { errorCode } from "#server/error-code.ts";
import type { Logger } from "#server/logger.ts";
import { jobSeconds } from "#server/observability/metrics.ts";
import { traced } from "#server/observability/traced.ts";
import { buryJob } from "./bury-job.ts";
import type { RunningJob } from "./connect-queue.ts";
import type { Job, PayloadOf, RecurringJob } from "./define-job.ts";
import { AlreadyDone } from "./take-job.ts";

/** What a handler knows beside its ids. `jobId` is for `takeJob`. */
export interface JobContext extends SystemContext {
  readonly jobId: string;
  readonly attempt: number;
  readonly log: Logger;
}

export type Handler<J extends Job> = (ctx: JobContext, payload: PayloadOf<J>) => Promise<void>;
export interface Handled {
  readonly job: Job | RecurringJob;
  readonly run: (ctx: JobContext, payload: Record<string, string>) => Promise<void>;
}

/** Joins a job to the verb that carries it out. Used in server/worker.ts only. */
export function handle<J extends Job>(job: J, handler: Handler<J>): Handled {
  return { job, run: (ctx, payload) => handler(ctx, job.payload.parse(payload) as PayloadOf<J>) };
}

/** The same for a recurring job. */
export function handleRecurring(job: RecurringJob, handler: (ctx: JobContext) => Promise<void>): Handled {
  return { job, run: handler };
}

/** A job that keeps ending its worker (out of memory, a native crash) is taken out of the way after so many starts. */
const mostStarts = 100;

/** What the queue's own store learns of a failure. BullMQ keeps the message and the stack of what it is given. */
class JobFailed extends Error {
  constructor(code: string) {
    super(code);
    this.name = "JobFailed";
    this.stack = code;
  }
}

/**
 * Runs one job for the queue: the handler, then the outbox. A failure goes back to the queue as a bare code, to be tried again; the
 * last one goes to the dead letters.
 */
export function createJobRunner(
  handlers: readonly Handled[],
  settle: (jobId: string) => Promise<void>,
  logger: Logger,
  limitMs: number,
) {
  const byName = new Map(handlers.map((handled) => [handled.job.name, handled]));

  return async function runJob(job: RunningJob): Promise<void> {
    const { name, clinicId, attempt } = job;
    const requestId = job.requestId ?? newId();
    const log = logger.with({ job: name, jobId: job.id, requestId, ...(clinicId && { clinicId }) });
    const started = performance.now();
    const end = (outcome: "done" | "again" | "dead") => {
      const durationMs = Math.round(performance.now() - started);
      jobSeconds.observe({ job: byName.has(name) ? name : "unknown", outcome }, durationMs / 1000);
      return durationMs;
    };

    try {
      const handled = byName.get(name);
      if (job.starts > mostStarts) throw new Error("too many starts");
      if (!handled) throw new UnknownJob();
      const ctx = { requestId, job: name, clinicId, jobId: job.id, attempt, log };
      await traced("job", { "job.name": name, "job.attempt": attempt }, () =>
        within(limitMs, handled.run(ctx, job.payload)),
      ).catch(forgiveDone);
      if (!job.recurring) await settle(job.id);
      log.debug("job.done", { durationMs: end("done"), attempt });
    } catch (error) {
      const code = job.starts > mostStarts ? "TooManyStarts" : errorCode(error);
      const last = attempt >= job.attempts || job.starts > mostStarts;
      if (job.recurring || !last) {
        log.warn("job.failed", { durationMs: end("again"), attempt, code }, error);
        throw new JobFailed(code);
      }
      await buryJob(job.id, { code, attempts: attempt }).catch(() => {
        // Still owed, then: the relay hands it over again and the burial is tried once more.
        throw new JobFailed(code);
      });
      log.error("job.dead", { durationMs: end("dead"), attempt, code }, error);
    }
  };
}

/** A deed that never ends would hold its job for ever, its lock renewed: after the limit the job is tried again, and the deed must bear it. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLong()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

class TooLong extends Error {
  override readonly name = "TooLong";
}

class UnknownJob extends Error {
  override readonly name = "UnknownJob";
}

function forgiveDone(error: unknown): void {
  if (!(error instanceof AlreadyDone)) throw error;
}
