import type { Db } from "#server/db/database.ts";

/** When the quiet that reigns now ends, in the clinic's wall time; null outside quiet hours. Equal ends are no quiet at all. */
export async function quietUntil(db: Db, clinicId: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ until: Date | null }[]>`
    select case when q.from_minute <> q.until_minute and (case when q.from_minute < q.until_minute
        then m.minute >= q.from_minute and m.minute < q.until_minute else m.minute >= q.from_minute or m.minute < q.until_minute end)
      then (w.at::date + make_interval(days => case when m.minute < q.until_minute then 0 else 1 end, mins => q.until_minute)) at time zone c.time_zone end as until
    from clinic.clinic c
    left join clinic.booking_policy b on b.clinic_id = c.clinic_id
    cross join lateral (select coalesce(b.quiet_from_minute, 1260) as from_minute, coalesce(b.quiet_until_minute, 480) as until_minute) q
    cross join lateral (select now() at time zone c.time_zone as at) w
    cross join lateral (select extract(hour from w.at)::int * 60 + extract(minute from w.at)::int as minute) m
    where c.clinic_id = ${clinicId}::uuid`;
  return row?.until ?? null;
}
