import type { Db } from "#server/db/database.ts";

/**
 * Takes the clinic's turn before a write looks at what is free: what is read from here on stays true until the transaction ends, and
 * no two writes can wait for each other (server/schedule/README.md). The advisory lock is a queue, first come, first served: on the
 * stamp's row alone, all who wait wake at each commit, and some wait until their statement times out.
 */
export async function lockSchedule(db: Db, clinicId: string): Promise<void> {
  await db.$executeRaw`
    insert into clinic.schedule_stamp as t (clinic_id)
    select ${clinicId}::uuid from (select pg_advisory_xact_lock(hashtextextended(${clinicId}::text, 0))::text as turn offset 0) q where q.turn is not null
    on conflict (clinic_id) do update set stamp = t.stamp + 1`;
}
