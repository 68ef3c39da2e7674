import { platformJournal, withSealer } from "#server/db/with-sealer.ts";

/** Deletes what is long over: one-time secrets a week after their end, counts of tries an hour after. @returns how many rows. */
export function sweepExpired(): Promise<number> {
  return withSealer(platformJournal, async (db) => {
    const secrets =
      await db.$executeRaw`delete from identity.one_time_secret where expires_at < now() - interval '7 days'`;
    const counters =
      await db.$executeRaw`delete from queue.limit_counter where expire < ${Date.now() - 3_600_000}::bigint`;
    return secrets + counters;
  });
}
