-- Who opened whose chart, and what the person in charge of privacy thought of it.

-- The second look at what was opened in an emergency, or for a reason of one's own: a line each time, never changed.
create table clinic.opening_review (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'administrative' constraint opening_review_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  break_glass_id uuid,
  chart_opening_id uuid,
  -- To be looked into: told to whoever it concerns, outside of this software.
  flagged boolean not null,
  comment text not null default '' constraint opening_review_comment_length check (length(comment) <= 1000),
  created_at timestamptz not null default now(),
  constraint opening_review_pkey primary key (clinic_id, id),
  constraint opening_review_of check (break_glass_id is not null or chart_opening_id is not null),
  constraint opening_review_flag check (not flagged or length(comment) >= 3),
  constraint opening_review_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint opening_review_glass_fk foreign key (clinic_id, break_glass_id) references clinic.break_glass (clinic_id, id) on delete restrict,
  constraint opening_review_opening_fk foreign key (clinic_id, chart_opening_id) references clinic.chart_opening (clinic_id, id) on delete restrict
);
create index opening_review_glass_idx on clinic.opening_review (clinic_id, break_glass_id, id);
create index opening_review_opening_idx on clinic.opening_review (clinic_id, chart_opening_id, id);
create index opening_review_patient_idx on clinic.opening_review (clinic_id, patient_id);

-- What the queue and the head of a chart look for.
create index chart_opening_other_idx on clinic.chart_opening (clinic_id, id) where reason = 'other';
create index break_glass_patient_idx on clinic.break_glass (clinic_id, patient_id, id);
create index restriction_patient_idx on clinic.restriction (clinic_id, patient_id);

alter table clinic.opening_review enable row level security;
alter table clinic.opening_review force row level security;
grant select, insert, update, delete on clinic.opening_review to chevet_mover;
grant select, insert on clinic.opening_review to chevet_staff;
do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  execute format('create policy mover_clinic on clinic.opening_review to chevet_mover using (%s) with check (%s)', own, own);
  -- Whoever a restriction names still knows that it was passed (clinic.break_glass), and so whether that was looked into.
  execute format('create policy staff_read on clinic.opening_review for select to chevet_staff using (%s)', own);
  execute format('create policy staff_look on clinic.opening_review for insert to chevet_staff with check (%s)', own
    || $c$ and author_id = nullif(current_setting('app.user_id', true), '')::uuid$c$);
end $$;

-- « In an emergency » is a ground for the one patient whose glass was broken, while it lasts: the same window may read of others.
create function clinic.say_true_ground() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or new.patient_id = nullif(pg_catalog.current_setting('app.glass_patient', true), '')::uuid then return new; end if;
  new.ground := case when pg_catalog.current_setting('app.clinical', true) = 'on' then 'care' else 'administration' end;
  return new;
end $$;
create trigger say_true_ground before insert on clinic.audit_event for each row
  when (new.ground = 'break-glass' and new.event <> 'patient.glass-broken') execute function clinic.say_true_ground();

-- Enters as the person, says on what ground they are here, reads what the head of a chart shows, and journals it: one round trip.
-- Shape: null for nobody and for another clinic's patient; { basis: 'closed' } for one that a restriction closes to this person (the
-- caller tells only who may break the glass); { basis: null } when a reason is asked for first; nothing is shown in either, nor
-- journaled; else { basis, patient, restrictions, hidden, glass, visits }. `hidden`: something of this chart is closed to this person,
-- and nothing of what. `glass`: { id, expiresAt } of the broken glass that they see it through.
-- `refresh`: the view asks again by itself, and the line that the same session wrote since `told_since` stands for it.
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
    'visits', clinic.read_visits(clinic, patient));
end $$;
