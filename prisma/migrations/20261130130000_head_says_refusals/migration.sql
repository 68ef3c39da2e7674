-- What a person refused and did not take back, for the head of their chart. Offers of the clinic are not care: they stay in the file.
-- Shape: [{ purpose, scope }], the newest first, at most six.
create function clinic.standing_refusals(clinic uuid, patient uuid) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('purpose', r.purpose, 'scope', r.scope) order by r.taken_at desc, r.id desc), '[]')
  from (
    select c.id, c.purpose, c.scope, c.taken_at from clinic.consent c
    where c.clinic_id = standing_refusals.clinic and c.patient_id = standing_refusals.patient and c.decision = 'deny' and c.purpose <> 'promotion'
      and c.withdrawn_at is null
      and (c.expires_on is null or c.expires_on >= (pg_catalog.now() at time zone (select k.time_zone from clinic.clinic k where k.clinic_id = standing_refusals.clinic))::date)
    order by c.taken_at desc, c.id desc limit 6
  ) r
$$;
grant execute on function clinic.standing_refusals to chevet_staff;

-- As before, with what the person refused.
create or replace function reference.open_chart(
  clinic uuid, person uuid, membership uuid, request uuid, glass uuid, patient uuid,
  event_id uuid, session uuid, agent_role text, address inet, ground text, refresh boolean, told_since uuid
) returns jsonb language plpgsql set search_path = '' as $$
declare
  basis text;
  shown jsonb;
  through jsonb;
  restricted boolean;
begin
  perform reference.enter('staff', clinic => clinic, person => person, request => request, glass => glass);
  restricted := exists (select from clinic.restriction r
    where r.clinic_id = clinic and r.patient_id = patient and r.ended_at is null and (r.user_id = person or r.role = agent_role));
  perform from clinic.patient p where p.clinic_id = clinic and p.id = patient;
  if not found then
    return case when restricted then pg_catalog.jsonb_build_object('basis', 'closed') end;
  end if;
  basis := clinic.chart_basis(clinic, patient, person, membership);
  if basis is null then
    return pg_catalog.jsonb_build_object('basis', null);
  end if;
  shown := clinic.read_patient(clinic, patient);
  if basis = 'break-glass' then
    select pg_catalog.jsonb_build_object('id', b.id, 'expiresAt', b.expires_at) into through
      from clinic.break_glass b where b.clinic_id = clinic and b.id = glass;
  end if;
  if not (refresh and exists (
    select from clinic.audit_event e
    where e.clinic_id = clinic and e.agent_id = person and e.id >= told_since and e.session_id = session and e.event = 'chart.opened' and e.entity_ids = array[patient]
      and e.detail ->> 'basis' = basis)) then
    insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, patient_id, agent_id, agent_role, session_id, request_id, address, ground, detail)
    values (clinic, event_id, 'chart.opened', 'R', 'Patient', array[patient], patient, person, agent_role, session, request, address, ground,
      pg_catalog.jsonb_build_object('basis', basis));
  end if;
  return pg_catalog.jsonb_build_object('basis', basis, 'patient', shown,
    'restrictions', (select pg_catalog.count(*) from clinic.restriction r where r.clinic_id = clinic and r.patient_id = patient and r.ended_at is null),
    -- What is of care is closed to the front desk in any case: to say so would say that there is some.
    'hidden', basis not in ('break-glass', 'administration') and (restricted or exists (select from clinic.private_notes(clinic, patient))),
    'glass', through,
    'refusals', clinic.standing_refusals(clinic, patient),
    'visits', clinic.read_visits(clinic, patient));
end $$;

-- As before; but who has come is no longer to come, though their hour has not struck.
create or replace function clinic.read_visits(clinic uuid, patient uuid) returns jsonb language sql stable set search_path = '' as $$
  with own as materialized (
    select a.id, a.status, s.starts_at, s.local_date, s.local_minute, s.time_zone, s.service_id, s.resource_id, a.reason
    from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
    where a.clinic_id = clinic and a.patient_id = patient and a.status not in ('cancelled', 'entered-in-error')
  ),
  line as (
    (select o.*, true as coming from own o where o.starts_at > pg_catalog.now() and o.status = 'booked' order by o.starts_at, o.id limit 3)
    union all
    (select o.*, false from own o where o.starts_at <= pg_catalog.now() or o.status <> 'booked' order by o.starts_at desc, o.id limit 6)
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
