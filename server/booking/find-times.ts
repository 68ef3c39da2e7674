import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { keptTimes } from "./kept-times.ts";
import type { TimesInput } from "./schema.ts";

export interface FreeTime {
  readonly startsAt: Date;
  /** `YYYY-MM-DD` where the visit is given. */
  readonly day: string;
  readonly locationId: string;
  /** In whose column it stands. */
  readonly resourceId: string;
}

/**
 * The free times of a service in a window of days, earliest first, each instant once per place: of those who are free then, one by a
 * hash of the time, so that whoever does not choose is spread over all of them. A service that is not online has none.
 */
export async function findTimes(ctx: VisitorContext, input: TimesInput): Promise<{ times: readonly FreeTime[] }> {
  const { serviceId, practitionerId, locationId, from, days, newPatient } = input;
  const key = [serviceId, practitionerId, locationId, from, days, newPatient].join(" ");
  return keptTimes(ctx, key, async () => ({
    times: await queryAsVisitor<FreeTime>(ctx, {
      name: "chevet_free_times",
      text: timesText(
        "exists (select from clinic.healthcare_service h where h.clinic_id = $1 and h.id = $2 and h.online)",
      ),
      values: [ctx.clinic.id, serviceId, from, days, locationId, practitionerId && [practitionerId], newPatient, null],
    }),
  }));
}

/** $1 clinic, $2 service, $3 first day, $4 days, $5 location, $6 whom, $7 new patient, $8 the sitting that would move. */
export const timesText = (condition: string): string => `
  with span as (
    select min(($3::date)::timestamp at time zone l.time_zone) as from_at, max(($3::date + $4::int)::timestamp at time zone l.time_zone) as until_at
    from clinic.location l where l.clinic_id = $1 and ($5::uuid is null or l.id = $5) and ${condition}
  )
  select distinct on (f.starts_at, f.location_id) f.starts_at as "startsAt", (f.starts_at at time zone l.time_zone)::date::text as day,
    f.location_id as "locationId", f.resource_id as "resourceId"
  from span s
  cross join lateral clinic.find_slots($1, $2, s.from_at, s.until_at, $6::uuid[], case when $5::uuid is null then null else array[$5::uuid] end, $7, false, $8::uuid, now(), 20000) f
  join clinic.location l on l.clinic_id = $1 and l.id = f.location_id
  where s.from_at is not null and (f.starts_at at time zone l.time_zone)::date between $3::date and $3::date + $4::int - 1
  order by f.starts_at, f.location_id, md5(f.resource_id::text || f.starts_at::text)`;
