import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import type { RateLine } from "./record.ts";
import type { RatesInput } from "./schema.ts";

/**
 * How many visits were given, missed and cancelled between two days (both included, up to now), per service and practitioner, the most
 * visits first. What was entered in error counts nowhere. Numbers only: nobody is named, and so nothing is journaled.
 */
export async function readRates(ctx: ClinicContext, { from, until, locationId }: RatesInput): Promise<RateLine[]> {
  requirePermission(ctx, "appointment:read");
  return readAsStaff<RateLine>(ctx, {
    name: "chevet_rates",
    // The days first: a service's visits are all there ever were.
    text: `with given as materialized (
        select s.id, s.service_id, s.resource_id, s.starts_at from clinic.sitting s
        where s.clinic_id = $1 and s.starts_at < now()
          and s.starts_at >= $2::date::timestamp at time zone $4 and s.starts_at < ($3::date + 1)::timestamp at time zone $4
          and ($5::uuid is null or s.location_id = $5)
      )
      select s.service_id as "serviceId", s.resource_id as "resourceId", h.name as "serviceName", h.name_en as "serviceNameEn",
        case when p.id is null then r.name else ${practitionerNameColumn.sql} end as "resourceName",
        count(*)::int as total,
        (count(*) filter (where a.status = 'fulfilled'))::int as done,
        (count(*) filter (where a.status = 'noshow'))::int as noshow,
        (count(*) filter (where a.status = 'cancelled' and a.cancelled_by = 'patient'))::int as "cancelledByPatient",
        (count(*) filter (where a.status = 'cancelled' and a.cancelled_by = 'clinic'))::int as "cancelledByClinic",
        (count(*) filter (where a.status = 'cancelled' and a.cancelled_by = 'patient'
          and a.cancelled_at > s.starts_at - make_interval(mins => h.cancel_notice_minutes)))::int as late
      from given s
      join clinic.appointment a on a.clinic_id = $1 and a.sitting_id = s.id and a.status <> 'entered-in-error'
      join clinic.healthcare_service h on h.clinic_id = $1 and h.id = s.service_id
      join clinic.resource r on r.clinic_id = $1 and r.id = s.resource_id
      left join clinic.practitioner p on p.clinic_id = $1 and p.id = r.practitioner_id
      group by s.service_id, s.resource_id, h.name, h.name_en, p.id, p.prefix, p.given_name, p.family_name, r.name
      order by total desc, s.service_id, s.resource_id limit 1000`,
    values: [ctx.clinic.id, from, until, ctx.clinic.timeZone, locationId ?? null],
  });
}
