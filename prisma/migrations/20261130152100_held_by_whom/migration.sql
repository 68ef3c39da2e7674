-- A visit that one booked with oneself and then said to be done is still of one's own making: that it was held is said by another, who had a hand in the
-- day, or by a note that stands in one's name (AC-21, VA-4).

-- That somebody else said of a visit that the person came, was roomed or was seen. Read from the visit's earlier versions.
create function clinic.came_by_another(clinic uuid, visit uuid, person uuid) returns boolean language sql stable set search_path = '' as $$
  select exists (
    select from (
      select w.replaced_by, w.content ->> 'status' as was,
        coalesce(pg_catalog.lead(w.content ->> 'status') over (order by w.version),
          (select a.status from clinic.appointment a where a.clinic_id = came_by_another.clinic and a.id = visit)) as became
      from clinic.record_version w
      where w.clinic_id = came_by_another.clinic and w.entity = 'appointment' and w.entity_id = visit
    ) h
    where h.replaced_by <> person and h.was is distinct from h.became and h.became in ('arrived', 'checked-in', 'fulfilled'))
$$;
grant execute on function clinic.came_by_another to chevet_staff;

-- The notes that somebody signed about a patient since an instant, and that are no error: ids alone, for whoever answers for privacy, who reads none.
create function clinic.signed_notes(clinic uuid, patient uuid, person uuid, since timestamptz) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select n.id from clinic.note n
  where n.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and n.clinic_id = signed_notes.clinic
    and n.patient_id = signed_notes.patient and n.signed_by = person and n.signed_at >= since and n.status in ('final', 'amended')
$$;
grant select (signed_by, signed_at) on clinic.note to chevet_search;
grant execute on function clinic.signed_notes to chevet_staff;
grant create on schema clinic to chevet_search;
alter function clinic.signed_notes owner to chevet_search;
revoke create on schema clinic from chevet_search;

-- As before; but of a note that was corrected since, or is said to be an error, no second signature is asked any more.
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
        and (n.status = 'preliminary' and n.author_id = person or n.status = 'final' and n.cosigner_id = person and n.cosigned_at is null)
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

-- As before; but a visit that is done counts as held where another said that the person came.
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
    select pg_catalog.bool_or(a.status = 'fulfilled' and clinic.came_by_another(clinic, a.id, person)), pg_catalog.array_agg(a.id order by a.id desc) into others, visits
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
        where n.clinic_id = clinic and n.patient_id = patient and (n.status = 'preliminary' and n.author_id = person or n.status = 'final' and n.cosigner_id = person and n.cosigned_at is null))
      and not exists (select from clinic.discussion d
        join clinic.discussion_participant p on p.clinic_id = d.clinic_id and p.discussion_id = d.id
        where d.clinic_id = clinic and d.patient_id = patient and d.last_message_at > pg_catalog.now() - interval '30 days'
          and p.author_id <> person and p.participant = any (hands))
      and not exists (select from clinic.patient p
        where p.clinic_id = clinic and p.id = patient and p.author_id = person and p.created_at > pg_catalog.now() - interval '1 day')
    order by h.id desc limit 1;
end $$;
