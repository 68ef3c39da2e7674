import { withRelay } from "#server/db/with-relay.ts";

/** How long the ledger keeps what is over: long enough for "I never got that mail", no longer. */
const keptDays = { delivery: 180, replayed: 90, returned: 30 };

/**
 * Deletes what nobody needs any more: deliveries settled long ago and dead letters replayed long ago. An unknown delivery or a dead
 * letter that nobody looked at stays.
 * @returns how many rows went.
 */
export async function sweepQueueRows(): Promise<number> {
  return withRelay(async (db) => {
    const deliveries = await db.$executeRaw`
      delete from queue.delivery
      where state <> 'unknown' and settled_at < now() - ${keptDays.delivery} * interval '1 day'`;
    const letters = await db.$executeRaw`
      delete from queue.dead_letter
      where requeued_as is not null and replayed_at < now() - ${keptDays.replayed} * interval '1 day'`;
    // A mail server gives up after five days; a report of a month later is about nothing that is still to come.
    const returns = await db.$executeRaw`
      delete from queue.return_path where created_at < now() - ${keptDays.returned} * interval '1 day'`;
    return deliveries + letters + returns;
  });
}
