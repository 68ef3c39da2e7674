import { withRelay } from "#server/db/with-relay.ts";

/**
 * Deletes the outbox rows of jobs whose deed is done elsewhere (a mail that was sent). Jobs that end while one deletion is on its way
 * share the next: a busy worker commits far fewer transactions than it runs jobs.
 */
export function createSettler(): (jobId: string) => Promise<void> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function settleWaiting(): Promise<void> {
    await running.catch(() => undefined);
    const jobIds = waiting;
    waiting = [];
    next = undefined;
    running = withRelay((db) => db.$executeRaw`delete from queue.outbox where id = any(${jobIds}::uuid[])`);
    await running;
  }

  return (jobId) => {
    waiting.push(jobId);
    next ??= settleWaiting();
    return next;
  };
}
