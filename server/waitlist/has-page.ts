import type { Db } from "#server/db/database.ts";

/** An offer's link leads to the clinic's own page: while none is published, or the host has suspended the clinic, nobody is written to. */
export async function hasPage(db: Db, clinicId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from clinic.public_page g join host.clinic_registration r on r.clinic_id = g.clinic_id
    where g.clinic_id = ${clinicId}::uuid and g.published_at is not null and r.status = 'approved'`;
  return rows.length > 0;
}
