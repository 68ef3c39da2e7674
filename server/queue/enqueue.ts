import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import type { Job, PayloadOf } from "./define-job.ts";

export interface Enqueued {
  /** The clinic whose work it is; null for the platform's own. */
  clinicId: string | null;
  /** Not before this instant; at once when left out. */
  runAt?: Date | undefined;
}

/**
 * Asks for a job in the caller's own transaction: it happens if and only if the transaction commits. No network is touched;
 * a relay hands the row to the queue.
 * @returns the job's id, which is also the id that keeps the queue from carrying it twice.
 */
export async function enqueue<J extends Job>(
  db: Db,
  job: J,
  payload: PayloadOf<J>,
  { clinicId, runAt }: Enqueued,
): Promise<string> {
  const id = newId();
  const carried = JSON.stringify(job.payload.parse(payload));
  await db.$executeRaw`
    insert into queue.outbox (id, clinic_id, job, payload, run_at)
    values (${id}::uuid, ${clinicId}::uuid, ${job.name}, ${carried}::jsonb, coalesce(${runAt ?? null}::timestamptz, now()))`;
  return id;
}
