import type { Db } from "#server/db/database.ts";

/**
 * The stamp first: whoever writes to a clinic's schedule waits here for whoever is writing, so that what is read next in this
 * transaction is what will still be there when it ends, and two writers cannot lock each other out.
 */
export async function holdSchedule(db: Db, clinicId: string): Promise<void> {
  await db.$executeRaw`
    insert into clinic.schedule_stamp (clinic_id) values (${clinicId}::uuid)
    on conflict (clinic_id) do update set stamp = schedule_stamp.stamp + 1`;
}
