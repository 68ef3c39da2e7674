-- Ways around the ground of a chart, and around its review, that were found by trying (LRSSS; AC-21, AC-22, VA-4).

-- Found by each line of care: the last mark of this person in this chart, and whether the chart was opened.
create index self_made_ground_last_idx on clinic.self_made_ground (clinic_id, author_id, patient_id, created_at);
create index audit_event_opened_idx on clinic.audit_event (clinic_id, agent_id, patient_id, recorded_at) where event = 'chart.opened';

-- One line for twelve hours, which is as much as a line of the queue shows of what was read: what is read later is told anew. Two that come
-- together are one.
alter table clinic.self_made_ground drop constraint self_made_ground_once;
create unique index self_made_ground_once on clinic.self_made_ground
  (clinic_id, author_id, subject_id, pg_catalog.date_bin('12 hours', created_at, '2000-01-01 00:00:00+00'));

-- Whoever reads without opening the chart itself is judged by the first line of care that they write; with an opening, it was judged already. After
-- a mark has passed, an opening that it covered says nothing: the line is judged whatever was opened.
create or replace function clinic.mark_self_made() returns trigger language plpgsql set search_path = '' as $$
declare
  membership uuid;
  basis text := new.detail ->> 'basis';
  marked timestamptz;
begin
  if current_user <> 'chevet_staff' or pg_catalog.current_setting('app.clinical', true) is distinct from 'on' then return null; end if;
  if new.event <> 'chart.opened' then
    if not clinic.is_of_care(new.event) then return null; end if;
  elsif basis is null or basis not in ('visit', 'care-team', 'assigned') then
    return null;
  end if;
  select max(g.created_at) into marked from clinic.self_made_ground g
    where g.clinic_id = new.clinic_id and g.author_id = new.agent_id and g.patient_id = new.patient_id and g.created_at > pg_catalog.now() - interval '1 day';
  if marked > pg_catalog.now() - interval '12 hours' then return null; end if;
  if new.event <> 'chart.opened' and marked is null then
    perform from clinic.audit_event e
      where e.clinic_id = new.clinic_id and e.agent_id = new.agent_id and e.patient_id = new.patient_id and e.event = 'chart.opened'
        and e.recorded_at > pg_catalog.now() - interval '12 hours' limit 1;
    if found then return null; end if;
  end if;
  select m.id into membership from identity.membership m where m.clinic_id = new.clinic_id and m.user_id = new.agent_id;
  if new.event <> 'chart.opened' then
    basis := clinic.chart_basis(new.clinic_id, new.patient_id, new.agent_id, membership);
    if basis is null or basis not in ('visit', 'care-team', 'assigned') then return null; end if;
  end if;
  insert into clinic.self_made_ground (clinic_id, id, patient_id, author_id, kind, subject_id)
    select new.clinic_id, new.id, new.patient_id, new.agent_id, b.kind, b.subject_id
    from clinic.self_made_basis(new.clinic_id, new.patient_id, new.agent_id, membership, basis) b
    on conflict do nothing;
  return null;
end $$;
drop trigger mark_self_made on clinic.audit_event;
create trigger mark_self_made after insert on clinic.audit_event for each row
  when (new.patient_id is not null and new.session_id is not null and new.outcome = 'success')
  execute function clinic.mark_self_made();

-- As before, with one more than the head shows, which says that there are others: twelve are shown.
create or replace function clinic.standing_refusals(clinic uuid, patient uuid) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('purpose', r.purpose, 'scope', r.scope) order by r.taken_at desc, r.id desc), '[]')
  from (
    select c.id, c.purpose, c.scope, c.taken_at from clinic.consent c
    where c.clinic_id = standing_refusals.clinic and c.patient_id = standing_refusals.patient and c.decision = 'deny' and c.purpose <> 'promotion'
      and c.withdrawn_at is null
      and (c.expires_on is null or c.expires_on >= (pg_catalog.now() at time zone (select k.time_zone from clinic.clinic k where k.clinic_id = standing_refusals.clinic))::date)
    order by c.taken_at desc, c.id desc limit 13
  ) r
$$;

-- As before, on the clinic's day, as the screens say it.
create or replace function clinic.check_communication() returns trigger language plpgsql set search_path = '' as $$
declare
  today constant date := (pg_catalog.now() at time zone (select k.time_zone from clinic.clinic k where k.clinic_id = new.clinic_id))::date;
begin
  if current_user = 'chevet_mover' then return new; end if;
  if new.recipient_kind = 'related' and not exists (
    select from clinic.related_person r where r.clinic_id = new.clinic_id and r.id = new.related_person_id and r.patient_id = new.patient_id
      and clinic.may_act(new.clinic_id, r.id, today)) then
    raise exception 'may not receive' using errcode = 'check_violation';
  end if;
  if new.recipient_kind <> 'patient' and exists (
    select from clinic.consent c where c.clinic_id = new.clinic_id and c.patient_id = new.patient_id and c.decision = 'deny' and c.withdrawn_at is null
      and (c.expires_on is null or c.expires_on >= today)
      and (c.purpose = 'disclosure' or c.purpose = 'relatives' and new.recipient_kind in ('related', 'other'))
      and c.id <> all (new.refusals)) then
    raise exception 'refused by the patient' using errcode = 'check_violation';
  end if;
  return new;
end $$;
