import type pg from "pg";

/** How often a resource of the clinic is taken while it is taken already, overbookings left out: in one pass over each one's times. */
export async function countOverlaps(admin: pg.Client, clinicId: string): Promise<number> {
  const { rows } = await admin.query<{ n: number }>(
    `select count(*)::int as n from (
       select o.starts_at, max(o.ends_at) over (partition by o.resource_id order by o.starts_at, o.id rows between unbounded preceding and 1 preceding) as taken_until
       from clinic.occupancy o where o.clinic_id = $1 and o.blocking
     ) o where o.starts_at < o.taken_until`,
    [clinicId],
  );
  return rows[0]?.n ?? Number.NaN;
}
