import type { Db } from "#server/db/database.ts";

/** Someone else has already carried this job out: what this transaction did must not be done again. */
export class AlreadyDone extends Error {
  override readonly name = "AlreadyDone";
}

/**
 * Deletes the job's outbox row in the transaction that does the deed, first thing: both happen, or neither. A queue that runs a job
 * twice (a crash, a stalled worker) finds no row the second time, and the transaction is rolled back.
 * @throws {AlreadyDone} to be left alone: it ends the job as done.
 */
export async function takeJob(db: Db, jobId: string): Promise<void> {
  const deleted = await db.$executeRaw`delete from queue.outbox where id = ${jobId}::uuid`;
  if (deleted === 0) throw new AlreadyDone();
}
