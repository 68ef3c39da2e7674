import type { Statement } from "#server/db/database.ts";
import type { Closure, HoursRule } from "./opening-hours.ts";

/** What a page is made of, as one statement reads it; instants in ISO 8601. */
export interface PageRows {
  readonly content: unknown;
  readonly clinic: {
    readonly name: string;
    readonly phone: string;
    readonly email: string;
    readonly timeZone: string;
    readonly officerName: string;
    readonly officerTitle: string;
    readonly officerEmail: string;
    readonly officerPhone: string;
  } | null;
  readonly services: readonly {
    readonly id: string;
    readonly name: string;
    readonly nameEn: string;
    readonly description: string;
    readonly descriptionEn: string;
    readonly durationMinutes: number;
    readonly modes: readonly ("in-person" | "phone" | "video")[];
    readonly insured: boolean;
    /** Null where no price is shown. */
    readonly priceCents: number | null;
    readonly audience: "anyone" | "new" | "existing" | "code";
    /** Those who give it. */
    readonly practitionerIds: readonly string[];
    readonly next: PlaceRow | null;
  }[];
  readonly practitioners: readonly {
    readonly id: string;
    readonly prefix: string;
    readonly familyName: string;
    readonly givenName: string;
    readonly profession: string;
  }[];
  readonly locations: readonly {
    readonly id: string;
    readonly name: string;
    readonly addressLine: string;
    readonly city: string;
    readonly postalCode: string;
    readonly phone: string;
    readonly timeZone: string;
    readonly rules: readonly HoursRule[];
    readonly closures: readonly Closure[];
  }[];
}

/** A time that is free, where and with whom. */
export interface PlaceRow {
  readonly startsAt: string;
  readonly timeZone: string;
  readonly resourceId: string;
  readonly locationId: string;
}

/** The first time of service `h`, with one person (an SQL expression) or anybody, as whoever comes for the first time may have it. */
export const nextPlace = (practitioner: string) => `(
  select jsonb_build_object('startsAt', s.starts_at, 'timeZone', l.time_zone, 'resourceId', s.resource_id, 'locationId', s.location_id)
  from clinic.next_slot(h.clinic_id, h.id, now(), now() + make_interval(days => h.horizon_days), ${practitioner}, null, h.audience <> 'existing', false, now()) s
  join clinic.location l on l.clinic_id = h.clinic_id and l.id = s.location_id)`;

/** The whole page in one round trip, from the draft or from what is published. Conditions stand here too: staff see more than a page shows. */
export function pageStatement(clinicId: string, from: "draft" | "published"): Statement {
  return {
    name: `chevet_page_${from}`,
    text: `
with page as (select coalesce((select ${from} from clinic.public_page where clinic_id = $1), '{}') as content)
select page.content,
  (select jsonb_build_object('name', c.name, 'phone', c.phone, 'email', c.email, 'timeZone', c.time_zone, 'officerName', c.privacy_officer_name,
      'officerTitle', c.privacy_officer_title, 'officerEmail', c.privacy_officer_email, 'officerPhone', c.privacy_officer_phone)
    from clinic.clinic c where c.clinic_id = $1) as clinic,
  (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'nameEn', h.name_en, 'description', h.description,
      'descriptionEn', h.description_en, 'durationMinutes', h.duration_minutes, 'modes', h.modes, 'insured', h.insured,
      'priceCents', case when h.cost_shown and not h.insured then h.price_cents end, 'audience', h.audience,
      'practitionerIds', (select coalesce(jsonb_agg(distinct d.resource_id), '[]') from clinic.service_requirement r
        join clinic.service_candidate d on d.clinic_id = r.clinic_id and d.requirement_id = r.id
        where r.clinic_id = h.clinic_id and r.service_id = h.id and r.kind = 'practitioner'),
      'next', ${nextPlace("null")}) order by h.rank, h.name, h.id), '[]')
    from clinic.healthcare_service h
    where h.clinic_id = $1 and h.online and h.status = 'active' and not coalesce(page.content -> 'hiddenServices' ? h.id::text, false)) as services,
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'prefix', p.prefix, 'familyName', p.family_name, 'givenName', p.given_name,
      'profession', p.profession) order by p.family_name, p.given_name, p.id), '[]')
    from clinic.practitioner p
    where p.clinic_id = $1 and p.status = 'active' and not coalesce(page.content -> 'hiddenPractitioners' ? p.id::text, false)) as practitioners,
  (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'addressLine', l.address_line, 'city', l.city,
      'postalCode', l.postal_code, 'phone', l.phone, 'timeZone', l.time_zone,
      'rules', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'weekday', r.weekday, 'fromMinute', r.from_minute,
          'untilMinute', r.until_minute, 'validFrom', r.valid_from, 'validUntil', r.valid_until, 'everyWeeks', r.every_weeks)), '[]')
        from clinic.schedule_rule r
        where r.clinic_id = l.clinic_id and r.location_id = l.id and r.resource_id is null and r.service_id is null and not r.new_patients and r.status = 'active'),
      'closures', (select coalesce(jsonb_agg(jsonb_build_object('startsAt', e.starts_at, 'endsAt', e.ends_at) order by e.starts_at), '[]')
        from clinic.schedule_exception e
        where e.clinic_id = l.clinic_id and (e.location_id is null or e.location_id = l.id) and e.resource_id is null and e.kind = 'closed'
          and e.status = 'active' and e.ends_at > now() and e.starts_at < now() + interval '62 days')) order by l.name, l.id), '[]')
    from clinic.location l
    where l.clinic_id = $1 and l.status = 'active' and not coalesce(page.content -> 'hiddenLocations' ? l.id::text, false)) as locations
from page`,
    values: [clinicId],
  };
}
