-- A ground is asked for at every door of a chart, not by the page that opens it alone (LRSSS; AC-22, AC-28). Each reading and each change
-- of care is journaled in its own transaction: the journal refuses the line of whoever has no ground, and the reading falls with it.

-- On what ground this member opens this chart. 'administration': gives no care, and sees no more than the identity and the visits.
-- 'visit': sees the patient today. 'care-team': saw them in the last three years, or will, or signed a note about them. 'declared': said
-- why, less than a day ago. 'assigned': something about them is in this person's hands, or was until a few hours ago: a task that another
-- gave, a document to review, a discussion to which another called them, a note to sign, a record that they opened themselves today.
-- null: nothing of the sort; a reason is asked for first.
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
    where n.clinic_id = clinic and n.patient_id = patient and n.occurred_at > pg_catalog.now() - interval '3 years' and (n.signed_by = person or n.cosigned_by = person);
  if found then return 'care-team'; end if;

  select array['user:' || person, 'role:' || m.role] || case when m.profession <> '' then array['profession:' || m.profession] else '{}' end
    into hands from identity.membership m where m.clinic_id = clinic and m.id = membership;
  if exists (select from clinic.task t
      where t.clinic_id = clinic and t.patient_id = patient and t.author_id <> person
        and (t.owner = any (hands) or t.escalated_at is not null and t.escalates_to = any (hands))
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

-- What is of care, by the word of the journal: the rooms of the chart whole, and of those that the front desk shares, what opens,
-- changes or gives away a content. Filing what came in, booking and sending something round are work of the clinic.
create function clinic.is_of_care(event text) returns boolean language sql immutable set search_path = '' as $$
  select pg_catalog.split_part(event, '.', 1) in ('summary', 'timeline', 'flowsheet', 'observation', 'condition', 'allergy', 'history', 'immunization',
      'note', 'encounter', 'medication', 'prescription', 'letter', 'record', 'phrase', 'growth')
    or event in ('document.listed', 'document.opened', 'document.viewed', 'document.downloaded', 'document.described', 'document.signed',
      'referral.listed', 'referral.begun', 'referral.changed', 'referral.sent', 'task.listed', 'discussion.listed',
      'communication.listed', 'communication.prepared', 'communication.sent', 'communication.faxed', 'communication.printed', 'chart-export.asked', 'chart-export.downloaded')
$$;

-- Whoever is here has a ground to open this chart, or gives no care and needs none. For what is written before it is journaled, and for
-- what is not journaled at all: the pauses of a note and of a letter, and counts.
create function clinic.grounded(patient uuid) returns boolean language plpgsql stable set search_path = '' as $$
declare
  here constant uuid := nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid;
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
begin
  if pg_catalog.current_setting('app.clinical', true) is distinct from 'on' then return true; end if;
  if clinic.chart_basis(here, patient, person,
      (select m.id from identity.membership m where m.clinic_id = here and m.user_id = person)) is null then
    -- The message is the patient alone: whoever asks names them already, and the screen asks why.
    raise exception '%', patient using errcode = 'CV001';
  end if;
  return true;
end $$;
grant execute on function clinic.grounded to chevet_staff;

-- The worker is not asked: it has no session, and acts on what somebody asked for with a ground.
create function clinic.require_ground() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_staff' and clinic.is_of_care(new.event) then perform clinic.grounded(new.patient_id); end if;
  return new;
end $$;
create trigger require_ground before insert on clinic.audit_event for each row
  when (new.patient_id is not null and new.session_id is not null and new.outcome = 'success') execute function clinic.require_ground();
grant execute on function clinic.is_of_care to chevet_staff;
