import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { type FoundTime, type FreeTimes, packTimes } from "./free-times.ts";
import { keptTimes } from "./kept-times.ts";
import type { TimesInput } from "./schema.ts";

/**
 * The free times of a service in a window of days, earliest first, each instant once per place: of those who are free then, one by a
 * hash of the time, so that whoever does not choose is spread over all of them. A service that is not online has none.
 */
export async function findTimes(ctx: VisitorContext, input: TimesInput): Promise<FreeTimes> {
  const { serviceId, practitionerId, locationId, from, days, newPatient } = input;
  const key = [serviceId, practitionerId, locationId, from, days, newPatient].join(" ");
  return keptTimes(ctx, key, async () => {
    const [row] = await queryAsVisitor<TimesRow>(ctx, {
      name: "chevet_free_times",
      text: timesText(
        "exists (select from clinic.healthcare_service h where h.clinic_id = $1 and h.id = $2 and h.online)",
      ),
      values: [ctx.clinic.id, serviceId, from, days, locationId, practitionerId && [practitionerId], newPatient, null],
    });
    return packTimes(row?.found ?? []);
  });
}

export interface TimesRow {
  readonly found: readonly FoundTime[];
}

/** $1 clinic, $2 service, $3 first day, $4 days, $5 location, $6 whom, $7 new patient, $8 the sitting that would move. One TimesRow. */
export const timesText = (condition: string): string => `
  with span as (
    select min(($3::date)::timestamp at time zone l.time_zone) as from_at, max(($3::date + $4::int)::timestamp at time zone l.time_zone) as until_at
    from clinic.location l where l.clinic_id = $1 and ($5::uuid is null or l.id = $5) and ${condition}
  ),
  once as (
    select distinct on (f.starts_at, f.location_id) f.starts_at, f.location_id, f.resource_id
    from span s
    cross join lateral clinic.find_slots($1, $2, s.from_at, s.until_at, $6::uuid[], case when $5::uuid is null then null else array[$5::uuid] end, $7, false, $8::uuid, now(), 20000) f
    where s.from_at is not null
    order by f.starts_at, f.location_id, uuid_hash_extended(f.resource_id, extract(epoch from f.starts_at)::bigint)
  ),
  dated as (
    select o.*, (o.starts_at at time zone l.time_zone)::date as day from once o join clinic.location l on l.clinic_id = $1 and l.id = o.location_id
  )
  select coalesce(json_agg(json_build_array(extract(epoch from d.starts_at)::bigint, d.day, d.location_id, d.resource_id) order by d.starts_at, d.location_id), '[]') as found
  from dated d where d.day between $3::date and $3::date + $4::int - 1`;
