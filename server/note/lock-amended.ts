import type { Db } from "#server/db/database.ts";

/**
 * The note itself, also asked by what was added to it, held until this transaction is over: who amends, signs or declares it an error waits here
 * for the others, and then finds what they did. Before anything else is locked.
 */
export async function lockAmended(db: Db, clinicId: string, id: string): Promise<void> {
  await db.$queryRaw`
    select 1 from clinic.note n where n.clinic_id = ${clinicId}::uuid
      and n.id = (select coalesce(a.amends_id, a.id) from clinic.note a where a.clinic_id = ${clinicId}::uuid and a.id = ${id}::uuid)
    for update`;
}
