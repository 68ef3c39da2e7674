-- A chart that somebody opened on a ground that they made themselves, and for which they said no reason: a visit that they booked with
-- themselves and that nobody came to, a document that they filed to themselves, a task that they took. It is shown to whoever answers for
-- privacy, like an emergency (AC-21, VA-4). Marked at the opening, by the line of the journal: the queue then reads these rows alone, and not
-- the journal. A visit is only told once it is called off or missed, which the queue sees from the visit.

create table clinic.self_made_ground (
  clinic_id uuid not null,
  -- That of the journal's line: what was read since is read from there.
  id uuid not null,
  patient_id uuid not null,
  -- Who opened the chart, and had made the ground.
  author_id uuid not null,
  category text not null default 'administrative' constraint self_made_ground_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  kind text not null constraint self_made_ground_kind check (kind in ('visit', 'document', 'task')),
  -- The visit, the document or the task.
  subject_id uuid not null,
  created_at timestamptz not null default now(),
  constraint self_made_ground_pkey primary key (clinic_id, id),
  -- One visit that is booked is one thing to look at, however often the chart was opened for it.
  constraint self_made_ground_once unique (clinic_id, author_id, subject_id),
  constraint self_made_ground_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index self_made_ground_patient_idx on clinic.self_made_ground (clinic_id, patient_id);

alter table clinic.self_made_ground enable row level security;
alter table clinic.self_made_ground force row level security;
grant select, insert, update, delete on clinic.self_made_ground to chevet_mover;
grant select, insert on clinic.self_made_ground to chevet_staff;
do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  execute format('create policy mover_clinic on clinic.self_made_ground to chevet_mover using (%s) with check (%s)', own, own);
  execute format('create policy staff_read on clinic.self_made_ground for select to chevet_staff using (%s)', own || unrestricted);
  execute format('create policy staff_mark on clinic.self_made_ground for insert to chevet_staff with check (%s)', own || unrestricted
    || $c$ and author_id = nullif(current_setting('app.user_id', true), '')::uuid and current_setting('app.clinical', true) = 'on'$c$);
end $$;

-- What a ground that is all of the reader's own making rests on: of the visits with them, all are booked by themselves and nobody was met
-- in one; of what is in their hands, all was put there by themselves. Nothing where another made any of it, or where they said why.
-- Asked once an opening is in the journal, for the grounds that can be made so: through what the patient has, as chart_basis.
create function clinic.self_made_basis(clinic uuid, patient uuid, person uuid, membership uuid, basis text) returns table (kind text, subject_id uuid)
language plpgsql stable set search_path = '' as $$
declare
  own uuid;
  hands text[];
  others boolean;
begin
  perform from clinic.chart_opening o
    where o.clinic_id = clinic and o.author_id = person and o.patient_id = patient and o.expires_at > pg_catalog.now();
  if found then return; end if;
  if basis in ('visit', 'care-team') then
    select p.id into own from clinic.practitioner p where p.clinic_id = clinic and p.membership_id = membership;
    select pg_catalog.bool_or(a.author_id is distinct from person or a.status not in ('booked', 'noshow')), (pg_catalog.array_agg(a.id order by a.id desc))[1]
      into others, subject_id
      from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = clinic and a.patient_id = patient and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
        and s.starts_at > pg_catalog.now() - interval '3 years'
        and (s.resource_id = own or exists (select from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id and o.resource_id = own));
    if others or subject_id is null then return; end if;
    perform from clinic.note n
      where n.clinic_id = clinic and n.patient_id = patient and n.occurred_at > pg_catalog.now() - interval '3 years' and (n.signed_by = person or n.cosigned_by = person);
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
          and (t.owner = any (hands) or t.escalated_at is not null and t.escalates_to = any (hands))
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
grant execute on function clinic.self_made_basis to chevet_staff;

create function clinic.mark_self_made() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user <> 'chevet_staff' then return null; end if;
  insert into clinic.self_made_ground (clinic_id, id, patient_id, author_id, kind, subject_id)
    select new.clinic_id, new.id, new.patient_id, new.agent_id, b.kind, b.subject_id
    from clinic.self_made_basis(new.clinic_id, new.patient_id, new.agent_id,
      (select m.id from identity.membership m where m.clinic_id = new.clinic_id and m.user_id = new.agent_id), new.detail ->> 'basis') b
    on conflict do nothing;
  return null;
end $$;
create trigger mark_self_made after insert on clinic.audit_event for each row
  when (new.event = 'chart.opened' and new.patient_id is not null and new.session_id is not null and new.detail ->> 'basis' in ('visit', 'care-team', 'assigned'))
  execute function clinic.mark_self_made();

-- They are looked at again like the others.
alter table clinic.opening_review add column self_made_id uuid,
  add constraint opening_review_self_made_fk foreign key (clinic_id, self_made_id) references clinic.self_made_ground (clinic_id, id) on delete restrict,
  drop constraint opening_review_of,
  add constraint opening_review_of check (break_glass_id is not null or chart_opening_id is not null or self_made_id is not null);
create index opening_review_self_made_idx on clinic.opening_review (clinic_id, self_made_id, id);
