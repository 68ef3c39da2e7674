-- Ways around the ground of a chart, and around its review, that were found by trying (LRSSS; AC-21, AC-22, VA-4).

-- As before; but what is asked of a whole role or profession is a ground when it is of care, so that a form to file opens no chart to all
-- of them; and a note that is said to be an error is none.
create or replace function clinic.chart_basis(clinic uuid, patient uuid, person uuid, membership uuid) returns text language plpgsql stable set search_path = '' as $$
declare
  own uuid;
  seen record;
  hands text[];
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
  perform from clinic.note n
    where n.clinic_id = clinic and n.patient_id = patient and n.occurred_at > pg_catalog.now() - interval '3 years' and (n.signed_by = person or n.cosigned_by = person)
      -- To say that it is one, it still is.
      and (n.status <> 'entered-in-error' or n.change_txid = pg_catalog.pg_current_xact_id());
  if found then return 'care-team'; end if;

  select array['user:' || person, 'role:' || m.role] || case when m.profession <> '' then array['profession:' || m.profession] else '{}' end
    into hands from identity.membership m where m.clinic_id = clinic and m.id = membership;
  if exists (select from clinic.task t
      where t.clinic_id = clinic and t.patient_id = patient and t.author_id <> person
        and (t.owner = any (hands) and (t.clinical or t.owner = hands[1])
          or t.escalated_at is not null and t.escalates_to = any (hands) and (t.clinical or t.escalates_to = hands[1]))
        and (t.closed_at is null or t.closed_by = person and t.closed_at > pg_catalog.now() - interval '12 hours'))
    or exists (select from clinic.document d
      where d.clinic_id = clinic and d.patient_id = patient
        and (d.status = 'filed' and d.reviewer_id = person or d.reviewed_by = person and d.reviewed_at > pg_catalog.now() - interval '12 hours'))
    or exists (select from clinic.note n
      where n.clinic_id = clinic and n.patient_id = patient
        and (n.status = 'preliminary' and n.author_id = person or n.cosigner_id = person and n.cosigned_at is null)
        -- Not one that is begun just now: to begin it, a ground was needed.
        and (n.version > 1 or n.change_txid <> pg_catalog.pg_current_xact_id()))
    or exists (select from clinic.discussion d
      join clinic.discussion_participant p on p.clinic_id = d.clinic_id and p.discussion_id = d.id
      where d.clinic_id = clinic and d.patient_id = patient and d.last_message_at > pg_catalog.now() - interval '30 days'
        and p.author_id <> person and p.participant = any (hands))
    or exists (select from clinic.patient p
      where p.clinic_id = clinic and p.id = patient and p.author_id = person and p.created_at > pg_catalog.now() - interval '1 day'
        -- Once another record was joined to it, it holds more than whoever opened it wrote.
        and not exists (select from clinic.patient_merge m where m.clinic_id = clinic and m.patient_id = patient and m.status in ('done', 'undo-requested')))
  then return 'assigned'; end if;
  return null;
end $$;

-- As before, and: a visit counts as held when it was done, and not because somebody said that the patient had come; it was made by whoever last gave
-- it to this column or took its cancellation back; a note that is said to be an error was signed for nothing.
create or replace function clinic.self_made_basis(clinic uuid, patient uuid, person uuid, membership uuid, basis text) returns table (kind text, subject_id uuid)
language plpgsql stable set search_path = '' as $$
declare
  own uuid;
  hands text[];
  others boolean;
  visits uuid[];
begin
  perform from clinic.chart_opening o
    where o.clinic_id = clinic and o.author_id = person and o.patient_id = patient and o.expires_at > pg_catalog.now();
  if found then return; end if;
  if basis in ('visit', 'care-team') then
    select p.id into own from clinic.practitioner p where p.clinic_id = clinic and p.membership_id = membership;
    select pg_catalog.bool_or(a.status = 'fulfilled'), pg_catalog.array_agg(a.id order by a.id desc) into others, visits
      from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = clinic and a.patient_id = patient and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
        and s.starts_at > pg_catalog.now() - interval '3 years'
        and (s.resource_id = own or exists (select from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id and o.resource_id = own));
    if others or visits is null then return; end if;
    -- Whoever last put it there: who gave it to this column, or took its cancellation back, else who booked it. Nobody's, where the patient did.
    perform from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = clinic and a.id = any (visits)
        and (coalesce((select array[w.replaced_by] from (
            (select v.replaced_by, v.valid_until from clinic.record_version v
              where v.clinic_id = a.clinic_id and v.entity = 'sitting' and v.entity_id = s.id and v.content ->> 'resource_id' <> s.resource_id::text
              order by v.version desc limit 1)
            union all
            (select v.replaced_by, v.valid_until from clinic.record_version v
              where v.clinic_id = a.clinic_id and v.entity = 'appointment' and v.entity_id = a.id and v.content ->> 'status' in ('cancelled', 'entered-in-error')
              order by v.version desc limit 1)
          ) w order by w.valid_until desc limit 1), array[a.author_id]))[1] is distinct from person;
    if found then return; end if;
    subject_id := visits[1];
    perform from clinic.note n
      where n.clinic_id = clinic and n.patient_id = patient and n.status <> 'entered-in-error' and n.occurred_at > pg_catalog.now() - interval '3 years' and (n.signed_by = person or n.cosigned_by = person);
    if found then return; end if;
    kind := 'visit';
    return next;
    return;
  end if;

  select array['user:' || person, 'role:' || m.role] || case when m.profession <> '' then array['profession:' || m.profession] else '{}' end
    into hands from identity.membership m where m.clinic_id = clinic and m.id = membership;
  return query
    with held as (
      -- Whoever gave it to whom it is for: by the version that was for somebody else, else by whoever wrote it.
      select 'task' as kind, t.id, coalesce((select v.replaced_by from clinic.record_version v
          where v.clinic_id = t.clinic_id and v.entity = 'task' and v.entity_id = t.id and v.content ->> 'owner' <> t.owner order by v.version desc limit 1), t.author_id) as giver
        from clinic.task t
        where t.clinic_id = clinic and t.patient_id = patient and t.author_id <> person
          and (t.owner = any (hands) and (t.clinical or t.owner = hands[1])
            or t.escalated_at is not null and t.escalates_to = any (hands) and (t.clinical or t.escalates_to = hands[1]))
          and (t.closed_at is null or t.closed_by = person and t.closed_at > pg_catalog.now() - interval '12 hours')
      union all
      select 'document', d.id, coalesce((select n.author_id from clinic.document_note n
          where n.clinic_id = d.clinic_id and n.document_id = d.id and n.kind = 'addressed' and n.reviewer_id = person order by n.id desc limit 1), d.handled_by)
        from clinic.document d
        where d.clinic_id = clinic and d.patient_id = patient
          and (d.status = 'filed' and d.reviewer_id = person or d.reviewed_by = person and d.reviewed_at > pg_catalog.now() - interval '12 hours')
    )
    select h.kind, h.id from held h
    where not exists (select from held o where o.giver is distinct from person)
      and not exists (select from clinic.note n
        where n.clinic_id = clinic and n.patient_id = patient and (n.status = 'preliminary' and n.author_id = person or n.cosigner_id = person and n.cosigned_at is null))
      and not exists (select from clinic.discussion d
        join clinic.discussion_participant p on p.clinic_id = d.clinic_id and p.discussion_id = d.id
        where d.clinic_id = clinic and d.patient_id = patient and d.last_message_at > pg_catalog.now() - interval '30 days'
          and p.author_id <> person and p.participant = any (hands))
      and not exists (select from clinic.patient p
        where p.clinic_id = clinic and p.id = patient and p.author_id = person and p.created_at > pg_catalog.now() - interval '1 day')
    order by h.id desc limit 1;
end $$;

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
