import { withRelay } from "#server/db/with-relay.ts";
import type { Carried } from "./connect-queue.ts";

export interface OwedJob extends Carried {
  id: string;
  name: string;
}

/**
 * Takes up to `most` jobs that are due, and marks them as handed over **before** they are: a relay that dies in between leaves
 * rows that look handed over, and `reclaimOutbox` hands those over again. Two relays never take the same row.
 */
export async function claimOutbox(most: number): Promise<OwedJob[]> {
  return withRelay(
    (db) => db.$queryRaw<OwedJob[]>`
      update queue.outbox o set relayed_at = now()
      from (
        select id from queue.outbox
        where relayed_at is null and run_at <= now()
        order by run_at, id limit ${most}
        for update skip locked
      ) due
      where o.id = due.id
      returning o.id, o.job as name, o.clinic_id as "clinicId", o.request_id as "requestId", o.payload`,
  );
}

/**
 * Takes jobs that were handed over at least `silentMs` ago and are still owed: waiting their turn, waiting for a retry, or lost with the
 * queue. The queue ignores what it still holds, so that handing over again is harmless and brings back what was lost.
 */
export async function reclaimOutbox(most: number, silentMs: number): Promise<OwedJob[]> {
  return withRelay(
    (db) => db.$queryRaw<OwedJob[]>`
      update queue.outbox o set relayed_at = now()
      from (
        select id from queue.outbox
        where relayed_at < now() - ${silentMs} * interval '1 millisecond'
        order by relayed_at limit ${most}
        for update skip locked
      ) silent
      where o.id = silent.id
      returning o.id, o.job as name, o.clinic_id as "clinicId", o.request_id as "requestId", o.payload`,
  );
}

/** Gives claimed jobs back when the queue did not take them, so that they need not wait for `reclaimOutbox`. */
export async function releaseOutbox(jobIds: string[]): Promise<void> {
  await withRelay((db) => db.$executeRaw`update queue.outbox set relayed_at = null where id = any(${jobIds}::uuid[])`);
}
