-- Why somebody opened a chart that is neither of today's visits nor of the people they follow: said once, good for their day.
create table clinic.chart_opening (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'administrative' constraint chart_opening_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  reason text not null constraint chart_opening_reason check (reason in ('covering', 'patient-asked', 'result', 'referral', 'third-party', 'quality', 'other')),
  note text not null default '' constraint chart_opening_note_length check (length(note) <= 300),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint chart_opening_pkey primary key (clinic_id, id),
  constraint chart_opening_note check (reason <> 'other' or length(note) >= 3),
  constraint chart_opening_day check (expires_at > created_at and expires_at <= created_at + interval '12 hours'),
  constraint chart_opening_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index chart_opening_live_idx on clinic.chart_opening (clinic_id, author_id, patient_id, expires_at);
create index chart_opening_patient_idx on clinic.chart_opening (clinic_id, patient_id, id);

alter table clinic.chart_opening enable row level security;
alter table clinic.chart_opening force row level security;
grant select, insert, update, delete on clinic.chart_opening to chevet_mover;
create policy mover_clinic on clinic.chart_opening to chevet_mover
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select, insert on clinic.chart_opening to chevet_staff;
do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  -- One says one's own reason, by oneself, and now: not ahead of time, not in another's name.
  execute format('create policy staff_read on clinic.chart_opening for select to chevet_staff using (%s)', own || unrestricted);
  execute format('create policy staff_say on clinic.chart_opening for insert to chevet_staff with check (%s)', own || unrestricted
    || $c$ and author_id = nullif(current_setting('app.user_id', true), '')::uuid and current_setting('app.clinical', true) = 'on' and expires_at <= now() + interval '12 hours'$c$);
end $$;

-- On what ground this member opens this chart. 'administration': gives no care, and sees no more than the identity and the visits.
-- 'visit': sees the patient today. 'care-team': saw them in the last three years, or will. 'declared': said why, less than a day ago.
-- null: nothing of the sort; a reason is asked for first.
create function clinic.chart_basis(clinic uuid, patient uuid, person uuid, membership uuid) returns text language plpgsql stable set search_path = '' as $$
declare
  own uuid;
  seen record;
begin
  if nullif(pg_catalog.current_setting('app.glass_patient', true), '') = patient::text then return 'break-glass'; end if;
  if pg_catalog.current_setting('app.clinical', true) is distinct from 'on' then return 'administration'; end if;
  select p.id into own from clinic.practitioner p where p.clinic_id = clinic and p.membership_id = membership;
  if own is not null then
    -- Through the patient's visits, a few hundred at most: by the practitioner's it would be all of theirs.
    select coalesce(pg_catalog.bool_or((s.starts_at at time zone s.time_zone)::date = (pg_catalog.now() at time zone s.time_zone)::date), false) as today,
      coalesce(pg_catalog.bool_or(s.starts_at > pg_catalog.now() - interval '3 years'), false) as followed into seen
      from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = clinic and a.patient_id = patient and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
        and (s.resource_id = own or exists (select from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id and o.resource_id = own));
    if seen.today then return 'visit'; end if;
    if seen.followed then return 'care-team'; end if;
  end if;
  perform from clinic.chart_opening o
    where o.clinic_id = clinic and o.author_id = person and o.patient_id = patient and o.expires_at > pg_catalog.now();
  if found then return 'declared'; end if;
  return null;
end $$;
grant execute on function clinic.chart_basis to chevet_staff;

-- Enters as the person, says on what ground they are here, reads what the head of a chart shows, and journals it: one round trip.
-- Shape: null for nobody, for another clinic's patient and for one that a restriction closes; { basis: null } when a reason is asked
-- for first (nothing is shown, and nothing but the refusal is journaled); else { basis, patient, restrictions, visits }.
-- `refresh`: the view asks again by itself, and the line that the same session wrote since `told_since` stands for it.
create function reference.open_chart(
  clinic uuid, person uuid, membership uuid, request uuid, glass uuid, patient uuid,
  event_id uuid, session uuid, agent_role text, address inet, ground text, refresh boolean, told_since uuid
) returns jsonb language plpgsql set search_path = '' as $$
declare
  basis text;
  shown jsonb;
begin
  perform reference.enter('staff', clinic => clinic, person => person, request => request, glass => glass);
  perform from clinic.patient p where p.clinic_id = clinic and p.id = patient;
  if not found then return null; end if;
  basis := clinic.chart_basis(clinic, patient, person, membership);
  if basis is null then
    return pg_catalog.jsonb_build_object('basis', null);
  end if;
  shown := clinic.read_patient(clinic, patient);
  if not (refresh and exists (
    select from clinic.audit_event e
    where e.clinic_id = clinic and e.agent_id = person and e.id >= told_since and e.session_id = session and e.event = 'chart.opened' and e.entity_ids = array[patient])) then
    insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, patient_id, agent_id, agent_role, session_id, request_id, address, ground, detail)
    values (clinic, event_id, 'chart.opened', 'R', 'Patient', array[patient], patient, person, agent_role, session, request, address, ground,
      pg_catalog.jsonb_build_object('basis', basis));
  end if;
  return pg_catalog.jsonb_build_object('basis', basis, 'patient', shown,
    'restrictions', (select pg_catalog.count(*) from clinic.restriction r where r.clinic_id = clinic and r.patient_id = patient and r.ended_at is null),
    'visits', clinic.read_visits(clinic, patient));
end $$;

-- A patient's visits in a few lines: those to come, the last ones, how many since when.
-- Shape: { coming: [line], past: [line], count, since }, at most three and six lines; `since` is a year.
create function clinic.read_visits(clinic uuid, patient uuid) returns jsonb language sql stable set search_path = '' as $$
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
  )
  select pg_catalog.jsonb_build_object(
    'coming', coalesce((select pg_catalog.jsonb_agg(s.line order by s.starts_at) from said s where s.coming), '[]'),
    'past', coalesce((select pg_catalog.jsonb_agg(s.line order by s.starts_at desc) from said s where not s.coming), '[]'),
    'count', (select pg_catalog.count(*) from own o where o.status in ('arrived', 'checked-in', 'fulfilled')),
    'since', (select pg_catalog.date_part('year', pg_catalog.min(o.local_date)) from own o))
$$;
grant execute on function clinic.read_visits to chevet_staff;
grant execute on function reference.open_chart to chevet_web;
