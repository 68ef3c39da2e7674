import type { Db } from "#server/db/database.ts";

/**
 * Takes the clinic's turn before a write looks at what is free: what is read from here on stays true until the transaction ends, and
 * no two writes can wait for each other (server/schedule/README.md).
 */
export async function lockSchedule(db: Db, clinicId: string): Promise<void> {
  await db.$executeRaw`insert into clinic.schedule_stamp as t (clinic_id) values (${clinicId}::uuid)
    on conflict (clinic_id) do update set stamp = t.stamp + 1`;
}
