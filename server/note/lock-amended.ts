import type { Db } from "#server/db/database.ts";

/**
 * What this is a version of (a note, an addendum) and the version that it corrects, held until this transaction is over: who corrects, signs or
 * declares it an error waits here for the others, and then finds what they did. Before anything else is locked. The one may be hidden from
 * whoever asks, and the other not.
 */
export async function lockAmended(db: Db, clinicId: string, id: string): Promise<void> {
  await db.$queryRaw`
    select 1 from clinic.note n join clinic.note a on a.clinic_id = n.clinic_id and a.id = ${id}::uuid
    where n.clinic_id = ${clinicId}::uuid and n.id in (case when a.relation = 'correction' then a.amends_id else a.id end, a.corrects_id)
    order by n.id for update of n`;
}
