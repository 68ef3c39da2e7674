import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import type { FreeTime } from "./free-times.ts";
import { keptTimes } from "./kept-times.ts";

export interface NextTime extends FreeTime {
  readonly serviceId: string;
}

/** The first free time of each service that is online, as far as its horizon; a service that is full has none. */
export function nextTimes(
  ctx: VisitorContext,
  { newPatient, practitionerId }: { newPatient: boolean; practitionerId: string | null },
): Promise<{ next: readonly NextTime[] }> {
  return keptTimes(ctx, `next ${newPatient} ${practitionerId}`, async () => ({
    next: await queryAsVisitor<NextTime>(ctx, {
      name: "chevet_next_times",
      text,
      values: [ctx.clinic.id, newPatient, practitionerId && [practitionerId]],
    }),
  }));
}

const text = `
  select h.id as "serviceId", f.starts_at as "startsAt", (f.starts_at at time zone l.time_zone)::date::text as day,
    f.location_id as "locationId", f.resource_id as "resourceId"
  from clinic.healthcare_service h
  cross join lateral clinic.next_slot($1, h.id, now(), now() + make_interval(days => h.horizon_days), $3::uuid[], null, $2, false, now()) f
  join clinic.location l on l.clinic_id = $1 and l.id = f.location_id
  where h.clinic_id = $1 and h.online and h.audience <> case when $2 then 'existing' else 'new' end`;
