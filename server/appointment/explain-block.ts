import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import type { Explanation, Reason } from "./record.ts";

interface BlockTime {
  readonly resourceId: string;
  readonly locationId: string;
  readonly date: string;
  readonly minute: number;
  readonly durationMinutes: number;
}

/**
 * Whether a time can be blocked: hours do not count, only what is taken there. Inside a verb's transaction that has taken its turn.
 * @throws NotFound when there is no such resource or place
 */
export async function explainBlock(db: Db, clinicId: string, time: BlockTime): Promise<Explanation> {
  const { resourceId, locationId, date, minute, durationMinutes } = time;
  const [row] = await db.$queryRaw<{ startsAt: string; endsAt: string; exists: boolean; reasons: Reason[] }[]>`
    select w.at::text as "startsAt", (w.at + make_interval(mins => ${durationMinutes}::int))::text as "endsAt",
      (w.at at time zone l.time_zone) = w.wall as exists,
      coalesce((
        select jsonb_agg(jsonb_build_object('code', case o.kind when 'hold' then 'hold' when 'block' then 'block' else 'busy' end, 'resourceId', o.resource_id,
          'from', o.starts_at, 'until', o.ends_at, 'sittingId', o.sitting_id, 'needed', null, 'free', null, 'resourceType', null) order by o.starts_at, o.id)
        from clinic.occupancy o
        where o.clinic_id = ${clinicId}::uuid and o.resource_id = r.id and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > now())
          and o.starts_at > w.at - interval '2 days' and o.starts_at < w.at + make_interval(mins => ${durationMinutes}::int) and o.ends_at > w.at
      ), '[]') as reasons
    from clinic.location l
    join clinic.resource r on r.clinic_id = l.clinic_id and r.id = ${resourceId}::uuid
    cross join lateral (
      select ${date}::date + make_interval(mins => ${minute}::int) as wall, (${date}::date + make_interval(mins => ${minute}::int)) at time zone l.time_zone as at
    ) w
    where l.clinic_id = ${clinicId}::uuid and l.id = ${locationId}::uuid`;
  if (!row) throw notFound();
  const nobody = {
    resourceId: null,
    from: null,
    until: null,
    sittingId: null,
    needed: null,
    free: null,
    resourceType: null,
  };
  const reasons: Reason[] = row.exists ? row.reasons : [...row.reasons, { ...nobody, code: "clock" }];
  const free = reasons.length === 0;
  return {
    free,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    resourceIds: free ? [resourceId] : null,
    forcedIds: [resourceId],
    reasons,
    notices: [],
    next: [],
  };
}
