-- What a visit is, once: somebody came or was met. A visit that was booked and that they came to, or whose note is signed though nobody followed
-- it through the day; and care that was given without one, less what is written without the person. Two who see them at one visit are one visit.
-- Whatever counts visits in a chart counts these. Nothing here is seen that the reader's own policies hide.
create function clinic.visits_held(clinic uuid, patient uuid) returns table (held_on date, appointment_id uuid, encounter_id uuid)
language sql stable set search_path = '' as $$
  select s.local_date, a.id, null::uuid
  from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
  where a.clinic_id = visits_held.clinic and a.patient_id = visits_held.patient
    and (a.status in ('arrived', 'checked-in', 'fulfilled')
      or a.status = 'booked' and exists (select from clinic.encounter e
        where e.clinic_id = a.clinic_id and e.appointment_id = a.id and e.status = 'finished'))
  union all
  select (e.started_at at time zone (select c.time_zone from clinic.clinic c where c.clinic_id = visits_held.clinic))::date, null, e.id
  from clinic.encounter e
  where e.clinic_id = visits_held.clinic and e.patient_id = visits_held.patient and e.appointment_id is null
    and e.status in ('in-progress', 'finished') and e.class <> 'none'
$$;
grant execute on function clinic.visits_held to chevet_staff;

-- A patient's visits in a few lines: those to come, the last ones, how many were held since when.
-- Shape: { coming: [line], past: [line], count, since }, at most three and six lines; `since` is a year.
create or replace function clinic.read_visits(clinic uuid, patient uuid) returns jsonb language sql stable set search_path = '' as $$
  with own as materialized (
    select a.id, a.status, s.starts_at, s.local_date, s.local_minute, s.time_zone, s.service_id, s.resource_id, a.reason
    from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
    where a.clinic_id = clinic and a.patient_id = patient and a.status not in ('cancelled', 'entered-in-error')
  ),
  line as (
    (select o.*, true as coming from own o where o.starts_at > pg_catalog.now() order by o.starts_at, o.id limit 3)
    union all
    (select o.*, false from own o where o.starts_at <= pg_catalog.now() order by o.starts_at desc, o.id limit 6)
  ),
  said as (
    select l.coming, l.starts_at, pg_catalog.jsonb_build_object('id', l.id, 'status', l.status, 'startsAt', l.starts_at, 'date', l.local_date, 'minute', l.local_minute,
      'timeZone', l.time_zone, 'service', h.name, 'reason', l.reason,
      'practitioner', nullif(pg_catalog.concat_ws(' ', nullif(p.prefix, ''), p.given_name, p.family_name), '')) as line
    from line l
    left join clinic.healthcare_service h on h.clinic_id = clinic and h.id = l.service_id
    left join clinic.practitioner p on p.clinic_id = clinic and p.id = l.resource_id
  ),
  held as (
    select pg_catalog.count(*) as count, pg_catalog.date_part('year', pg_catalog.min(v.held_on)) as since from clinic.visits_held(clinic, patient) v
  )
  select pg_catalog.jsonb_build_object(
    'coming', coalesce((select pg_catalog.jsonb_agg(s.line order by s.starts_at) from said s where s.coming), '[]'),
    'past', coalesce((select pg_catalog.jsonb_agg(s.line order by s.starts_at desc) from said s where not s.coming), '[]'),
    'count', h.count, 'since', h.since)
  from held h
$$;
