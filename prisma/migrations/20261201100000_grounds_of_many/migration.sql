-- On what ground many charts are open to somebody, in one statement, and a search that judges the charts of a round together.

-- What is asked of somebody in a chart is found without walking past all of its documents.
create index document_asked_idx on clinic.document (clinic_id, patient_id, reviewer_id) where reviewer_id is not null;
create index document_reviewed_idx on clinic.document (clinic_id, patient_id, reviewed_by, reviewed_at) where reviewed_by is not null;

-- That a signed version of a note stands for whoever asks: of its versions, none that they may read was signed after it (`stands` in server/note/stands.ts).
create function clinic.note_stands(n clinic.note) returns boolean language plpgsql stable set search_path = '' as $$
begin
  return n.status in ('final', 'amended') and not exists (
    select from clinic.note later where later.clinic_id = n.clinic_id and later.relation = 'correction' and later.status in ('final', 'amended')
      and later.amends_id = case when n.relation = 'correction' then n.amends_id else n.id end
      and (later.signed_at, later.id) > (n.signed_at, n.id));
end $$;
grant execute on function clinic.note_stands to chevet_staff;

-- As before; but what is asked of a whole role or profession is a ground when it is of care, so that a form to file opens no chart to all of them; a note that
-- is said to be an error is none; and a second signature is asked of what stands for whoever asks, as their list of notes to sign has it. For many charts in one
-- statement: a search judges some hundreds at once, and one by one each cost a sixth of a millisecond, most of it to begin eight statements.
-- Shape: one row for each patient given; `basis` is null where there is no ground.
create function clinic.chart_bases(clinic uuid, patients uuid[], person uuid, membership uuid) returns table (patient uuid, basis text)
-- Planned once: planned anew for each array, it took ten times what it takes to run.
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  glass constant uuid := nullif(pg_catalog.current_setting('app.glass_patient', true), '')::uuid;
  care constant boolean := coalesce(pg_catalog.current_setting('app.clinical', true) = 'on', false);
  own uuid;
  hands text[];
begin
  if not care then
    return query select u.id, case when u.id = glass then 'break-glass' else 'administration' end from unnest(patients) as u (id);
    return;
  end if;
  select p.id into own from clinic.practitioner p where p.clinic_id = clinic and p.membership_id = membership;
  select array['user:' || person, 'role:' || m.role] || case when m.profession <> '' then array['profession:' || m.profession] else '{}' end
    into hands from identity.membership m where m.clinic_id = clinic and m.id = membership;
  return query select u.id, coalesce(
    case when u.id = glass then 'break-glass' end,
    -- Through the patient's visits, a few hundred at most: by the practitioner's it would be all of theirs.
    case when own is not null then (
      select case
          when pg_catalog.bool_or((s.starts_at at time zone s.time_zone)::date = (pg_catalog.now() at time zone s.time_zone)::date) then 'visit'
          when pg_catalog.bool_or(s.starts_at > pg_catalog.now() - interval '3 years') then 'care-team'
        end
      from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = clinic and a.patient_id = u.id and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
        and (s.resource_id = own or exists (select from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id and o.resource_id = own))
    ) end,
    case when exists (select from clinic.chart_opening o
      where o.clinic_id = clinic and o.author_id = person and o.patient_id = u.id and o.expires_at > pg_catalog.now()) then 'declared' end,
    case when exists (select from clinic.note n
      where n.clinic_id = clinic and n.patient_id = u.id and n.occurred_at > pg_catalog.now() - interval '3 years' and (n.signed_by = person or n.cosigned_by = person)
        -- To say that it is one, it still is.
        and (n.status <> 'entered-in-error' or n.change_txid = pg_catalog.pg_current_xact_id())) then 'care-team' end,
    case when exists (select from clinic.task t
        where t.clinic_id = clinic and t.patient_id = u.id and t.author_id <> person
          and (t.owner = any (hands) and (t.clinical or t.owner = hands[1])
            or t.escalated_at is not null and t.escalates_to = any (hands) and (t.clinical or t.escalates_to = hands[1]))
          and (t.closed_at is null or t.closed_by = person and t.closed_at > pg_catalog.now() - interval '12 hours'))
      or exists (select from clinic.document d
        where d.clinic_id = clinic and d.patient_id = u.id and d.reviewer_id = person and d.status = 'filed')
      or exists (select from clinic.document d
        where d.clinic_id = clinic and d.patient_id = u.id and d.reviewed_by = person and d.reviewed_at > pg_catalog.now() - interval '12 hours')
      or exists (select from clinic.note n
        where n.clinic_id = clinic and n.patient_id = u.id
          and (n.status = 'preliminary' and n.author_id = person or n.cosigner_id = person and n.cosigned_at is null and clinic.note_stands(n))
          -- Not one that is begun just now: to begin it, a ground was needed.
          and (n.version > 1 or n.change_txid <> pg_catalog.pg_current_xact_id()))
      or exists (select from clinic.discussion d
        join clinic.discussion_participant p on p.clinic_id = d.clinic_id and p.discussion_id = d.id
        where d.clinic_id = clinic and d.patient_id = u.id and d.last_message_at > pg_catalog.now() - interval '30 days'
          and p.author_id <> person and p.participant = any (hands))
      or exists (select from clinic.patient p
        where p.clinic_id = clinic and p.id = u.id and p.author_id = person and p.created_at > pg_catalog.now() - interval '1 day'
          -- Once another record was joined to it, it holds more than whoever opened it wrote.
          and not exists (select from clinic.patient_merge m where m.clinic_id = clinic and m.patient_id = u.id and m.status in ('done', 'undo-requested')))
    then 'assigned' end)
    from unnest(patients) as u (id);
end $$;
grant execute on function clinic.chart_bases to chevet_staff;

create or replace function clinic.chart_basis(clinic uuid, patient uuid, person uuid, membership uuid) returns text language plpgsql stable set search_path = '' as $$
begin
  return (select b.basis from clinic.chart_bases(clinic, array[patient], person, membership) b);
end $$;

-- Of these patients, those for whom whoever is here has no ground. Empty for whoever reads no care.
create function clinic.lacking_grounds(patients uuid[]) returns uuid[] language plpgsql stable set search_path = '' as $$
declare
  here constant uuid := nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid;
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
begin
  if pg_catalog.current_setting('app.clinical', true) is distinct from 'on' then return '{}'; end if;
  return array(select b.patient from clinic.chart_bases(here, patients, person,
    (select m.id from identity.membership m where m.clinic_id = here and m.user_id = person)) b where b.basis is null);
end $$;
grant execute on function clinic.lacking_grounds to chevet_staff;

-- As before, and: a visit counts as held when it was done, and not because somebody said that the patient had come; it was made by whoever last gave
-- it to this column or took its cancellation back; a note that is said to be an error was signed for nothing.
-- A visit that is done counts as held where another said that the person came.
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
        where n.clinic_id = clinic and n.patient_id = patient and (n.status = 'preliminary' and n.author_id = person or n.cosigner_id = person and n.cosigned_at is null and clinic.note_stands(n)))
      and not exists (select from clinic.discussion d
        join clinic.discussion_participant p on p.clinic_id = d.clinic_id and p.discussion_id = d.id
        where d.clinic_id = clinic and d.patient_id = patient and d.last_message_at > pg_catalog.now() - interval '30 days'
          and p.author_id <> person and p.participant = any (hands))
      and not exists (select from clinic.patient p
        where p.clinic_id = clinic and p.id = patient and p.author_id = person and p.created_at > pg_catalog.now() - interval '1 day')
    order by h.id desc limit 1;
end $$;

-- A page of a search by words is full of what its reader may be told, wherever that stands among what is kept from them: whoever put a hundred documents of
-- their own around one in a chart for which they have no ground read in the page's length, or in whether it was the last, that the words stand in it.
-- `told` false, once and last: four hundred were looked at, and the search goes on from there. It is an id alone, without its day.
create or replace function clinic.search_told_documents(
  clinic uuid, words text[], patient uuid, kinds text[], since date, until date, after_on date, after_id uuid, wanted int
) returns table (id uuid, dated_on date, told boolean) language plpgsql stable set search_path = '' as $$
declare
  at_once constant int := 101;
  rounds constant int := 4;
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  found_here uuid[];
  asked uuid[];
  judged uuid[] := '{}';
  kept uuid[] := '{}';
  one record;
  shown int := 0;
begin
  for round in 1..rounds loop
    select pg_catalog.array_agg(s.found order by s.place) into found_here
      from clinic.search_documents(clinic, words, patient, kinds, since, until, after_on, after_id, at_once) with ordinality as s (found, place);
    if found_here is null then return; end if;
    -- Each chart once. Of one chart, the line of the journal asks for the ground.
    if patient is null then
      select pg_catalog.array_agg(distinct d.patient_id) into asked from clinic.document d
        where d.clinic_id = search_told_documents.clinic and d.id = any (found_here) and d.patient_id is not null and d.patient_id <> all (judged)
          and d.reviewer_id is distinct from person;
      if asked is not null then
        judged := judged || asked;
        kept := kept || clinic.lacking_grounds(asked);
      end if;
    end if;
    -- Read again under this person's own policies.
    for one in select d.id, d.dated_on, d.patient_id, d.reviewer_id from clinic.document d
      where d.clinic_id = search_told_documents.clinic and d.id = any (found_here) order by d.dated_on desc, d.id desc
    loop
      id := one.id;
      dated_on := one.dated_on;
      told := one.patient_id is null or one.reviewer_id is not distinct from person or one.patient_id <> all (kept);
      if told then
        shown := shown + 1;
        return next;
        if shown = wanted then return; end if;
      end if;
    end loop;
    if pg_catalog.cardinality(found_here) < at_once then return; end if;
    after_on := null;
    after_id := found_here[at_once];
  end loop;
  id := after_id;
  dated_on := null;
  told := false;
  return next;
end $$;
