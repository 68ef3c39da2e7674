-- A list of the whole clinic is of many charts, and its reader has a ground for some: of the others it says who, when and for whom, and
-- keeps what is said of care to itself until the reader says why (LRSSS; AC-22, AC-28).

-- Whoever is here gives care, and has no ground to open this chart. Of nobody, and for the front desk, there is nothing to ask.
create function clinic.lacks_ground(patient uuid) returns boolean language plpgsql stable set search_path = '' as $$
declare
  here constant uuid := nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid;
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
begin
  if patient is null or pg_catalog.current_setting('app.clinical', true) is distinct from 'on' then return false; end if;
  return clinic.chart_basis(here, patient, person,
    (select m.id from identity.membership m where m.clinic_id = here and m.user_id = person)) is null;
end $$;
grant execute on function clinic.lacks_ground to chevet_staff;

create or replace function clinic.grounded(patient uuid) returns boolean language plpgsql stable set search_path = '' as $$
begin
  -- The message is the patient alone: whoever asks names them already, and the screen asks why.
  if clinic.lacks_ground(patient) then raise exception '%', patient using errcode = 'CV001'; end if;
  return true;
end $$;

-- A task is this person's own charge: they wrote it, it is theirs to do by name, or they closed it; while it is open, also what is asked of
-- their role or profession, and what they were told of because nobody opened it.
create function clinic.in_charge_of(task clinic.task) returns boolean language plpgsql stable set search_path = '' as $$
declare
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  hands text[];
begin
  if person in (task.author_id, task.owner_id, task.closed_by) then return true; end if;
  if task.closed_at is not null then return false; end if;
  select array['user:' || person, 'role:' || m.role] || case when m.profession <> '' then array['profession:' || m.profession] else '{}' end
    into hands from identity.membership m where m.clinic_id = task.clinic_id and m.user_id = person;
  return coalesce(task.owner = any (hands) or task.escalated_at is not null and task.escalates_to = any (hands), false);
end $$;
grant execute on function clinic.in_charge_of to chevet_staff;

-- The words of this task are kept from whoever is here, until they say why: it says something of care of somebody for whom they have no
-- ground. What says nothing of care is read as it was.
create function clinic.withholds(task clinic.task) returns boolean language plpgsql stable set search_path = '' as $$
begin
  if not task.clinical or task.patient_id is null or clinic.in_charge_of(task) then return false; end if;
  return clinic.lacks_ground(task.patient_id);
end $$;
grant execute on function clinic.withholds to chevet_staff;

-- What one may not read, one neither rewords, closes nor opens again: whoever distributes work gives it to somebody else, and no more.
create function clinic.require_task_ground() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_staff' and clinic.withholds(old) then perform clinic.grounded(old.patient_id); end if;
  return new;
end $$;
create trigger require_task_ground before update on clinic.task for each row
  when (old.clinical and old.patient_id is not null
    and (old.title, old.detail, old.clinical, old.priority, old.due_on, old.repeat_unit, old.repeat_every, old.repeat_until, old.outcome, old.closed_at)
      is distinct from (new.title, new.detail, new.clinical, new.priority, new.due_on, new.repeat_unit, new.repeat_every, new.repeat_until, new.outcome, new.closed_at))
  execute function clinic.require_task_ground();
