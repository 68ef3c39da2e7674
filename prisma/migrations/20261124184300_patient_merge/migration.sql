-- Two records of one person become one, and two again if it was a mistake. The one that leaves keeps its file number, its NAM and
-- its versions, and points at the one that stays; every row that named it names the other, and each is written down for the way back.

alter table clinic.patient add column merged_into uuid;
alter table clinic.patient drop constraint patient_status;
alter table clinic.patient add constraint patient_status check (status in ('active', 'inactive', 'entered-in-error', 'merged'));
alter table clinic.patient add constraint patient_merged check ((status <> 'merged' or merged_into is not null) and merged_into is distinct from id);
alter table clinic.patient add constraint patient_merged_into_fk foreign key (clinic_id, merged_into) references clinic.patient (clinic_id, id) on delete restrict;
create index patient_merged_idx on clinic.patient (clinic_id, merged_into) where merged_into is not null;

-- What somebody asked: carried out by the worker as mover, since a record holds rows that the front desk may not see.
create table clinic.patient_merge (
  clinic_id uuid not null,
  id uuid not null,
  -- The record that stays.
  patient_id uuid not null,
  merged_id uuid not null,
  author_id uuid not null,
  category text not null default 'identity' constraint patient_merge_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  reason text not null constraint patient_merge_reason_length check (length(reason) between 3 and 300),
  -- As they were on the screen of whoever asked.
  patient_version int not null,
  merged_version int not null,
  -- What the other was before.
  merged_status text not null constraint patient_merge_merged_status check (merged_status in ('active', 'inactive')),
  status text not null default 'requested' constraint patient_merge_status check (status in ('requested', 'done', 'refused', 'undo-requested', 'undone')),
  -- Rows that were moved, and those that stay where they are because the one that stays has their like.
  moved int not null default 0,
  kept int not null default 0,
  done_at timestamptz,
  undone_by uuid,
  undone_at timestamptz,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint patient_merge_pkey primary key (clinic_id, id),
  constraint patient_merge_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint patient_merge_merged_fk foreign key (clinic_id, merged_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index patient_merge_patient_idx on clinic.patient_merge (clinic_id, patient_id);
create index patient_merge_merged_idx on clinic.patient_merge (clinic_id, merged_id);

-- Each column of each row that was changed: the way back.
create table clinic.patient_merge_row (
  clinic_id uuid not null,
  merge_id uuid not null,
  entity text not null constraint patient_merge_row_entity check (entity ~ '^[a-z0-9_]{1,63}$'),
  place text not null constraint patient_merge_row_place check (place ~ '^[a-z0-9_]{1,63}$'),
  entity_id uuid not null,
  constraint patient_merge_row_pkey primary key (clinic_id, merge_id, entity, place, entity_id),
  constraint patient_merge_row_merge_fk foreign key (clinic_id, merge_id) references clinic.patient_merge (clinic_id, id) on delete restrict
);

create trigger keep_version before update on clinic.patient_merge for each row execute function clinic.keep_version();
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['patient_merge', 'patient_merge_row'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  execute format('create policy staff_clinic on clinic.patient_merge to chevet_staff using (%s) with check (%s)', own || unrestricted, own || unrestricted);
end $$;
grant select, insert, update on clinic.patient_merge to chevet_staff;

-- Where a patient is named, read from the catalogue: each column called patient_id or bound to clinic.patient, of every table of clinic; `key`
-- is what tells its rows apart beside the clinic. What is not moved is named here with its reason, and a test compares the two lists with all there is.
create function clinic.patient_places() returns table (entity text, place text, versioned boolean, key text) language sql stable set search_path = '' as $$
  select c.relname::text, a.attname::text,
    exists (select from pg_catalog.pg_attribute v where v.attrelid = c.oid and v.attname = 'version' and not v.attisdropped)
      and exists (select from pg_catalog.pg_trigger t where t.tgrelid = c.oid and t.tgname = 'keep_version'),
    (select b.attname::text from pg_catalog.pg_constraint k join pg_catalog.pg_attribute b on b.attrelid = c.oid and b.attnum = any (k.conkey) and b.attname <> 'clinic_id'
      where k.conrelid = c.oid and k.contype = 'p' and pg_catalog.cardinality(k.conkey) = 2)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = 'clinic'
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::pg_catalog.regtype
  where c.relkind in ('r', 'p')
    and (a.attname = 'patient_id' or a.attname <> 'clinic_id' and exists (
      select from pg_catalog.pg_constraint k
      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'clinic.patient'::pg_catalog.regclass and a.attnum = any (k.conkey)))
    and (c.relname, a.attname) not in (
      -- The record itself, and the index derived from it.
      ('patient', 'patient_id'), ('patient_word', 'patient_id'),
      -- The journal says who was opened then; a glass was broken for that record.
      ('audit_event', 'patient_id'), ('break_glass', 'patient_id'),
      -- Versions follow the row they are of.
      ('record_version', 'patient_id'),
      -- The merge itself.
      ('patient_merge', 'patient_id'), ('patient_merge', 'merged_id'))
  order by 1, 2
$$;
grant execute on function clinic.patient_places to chevet_mover;

-- Carries out one merge. Whatever cannot name the one that stays (a key that holds one of each, a person who would be their own
-- relative) is left where it is and counted. Runs as mover, under its policies.
create function clinic.merge_rows(clinic uuid, merge uuid, survivor uuid, other uuid) returns table (moved int, kept int) language plpgsql set search_path = '' as $$
declare
  p record;
  one uuid;
  ids uuid[];
  done uuid[];
  next_version text;
  alike text;
begin
  moved := 0;
  kept := 0;
  for p in select * from clinic.patient_places() loop
    next_version := case when p.versioned then ', version = version + 1' else '' end;
    -- A way to reach somebody that the other record has too says nothing new.
    alike := case p.entity when 'patient_contact' then
      ' and not exists (select from clinic.patient_contact s where s.clinic_id = t.clinic_id and s.patient_id = $3 and s.system = t.system
        and s.normalised = t.normalised and s.ended_at is null)' else '' end;
    execute pg_catalog.format('select coalesce(pg_catalog.array_agg(t.%I), ''{}'') from clinic.%I t where t.clinic_id = $1 and t.%I = $2', p.key, p.entity, p.place)
      into ids using clinic, other;
    if ids = '{}' then continue; end if;
    begin
      execute pg_catalog.format('with changed as (update clinic.%I t set %I = $3%s where t.clinic_id = $1 and t.%I = any ($2) and t.%I = $4%s returning t.%I as id)
        select coalesce(pg_catalog.array_agg(id), ''{}'') from changed', p.entity, p.place, next_version, p.key, p.place, alike, p.key)
        into done using clinic, ids, survivor, other;
    exception when integrity_constraint_violation then
      done := '{}';
      foreach one in array ids loop
        begin
          execute pg_catalog.format('update clinic.%I t set %I = $3%s where t.clinic_id = $1 and t.%I = $2%s', p.entity, p.place, next_version, p.key, alike)
            using clinic, one, survivor;
          done := done || one;
        exception when integrity_constraint_violation then
          null;
        end;
      end loop;
    end;
    moved := moved + pg_catalog.cardinality(done);
    kept := kept + pg_catalog.cardinality(ids) - pg_catalog.cardinality(done);
    insert into clinic.patient_merge_row (clinic_id, merge_id, entity, place, entity_id) select clinic, merge, p.entity, p.place, t.id from unnest(done) as t (id);
  end loop;
  update clinic.record_version v set patient_id = survivor
    where v.clinic_id = clinic and v.patient_id = other and exists (
      select from clinic.patient_merge_row r where r.clinic_id = clinic and r.merge_id = merge and r.place = 'patient_id' and r.entity = v.entity and r.entity_id = v.entity_id);
  return next;
end $$;
grant execute on function clinic.merge_rows to chevet_mover;

-- The way back: what was moved and is still there. Rows written since stay where they were written.
create function clinic.part_rows(clinic uuid, merge uuid, survivor uuid, other uuid) returns int language plpgsql set search_path = '' as $$
declare
  p record;
  known record;
  parted int := 0;
  count_of int;
begin
  for p in select r.entity, r.place, pg_catalog.array_agg(r.entity_id) as ids from clinic.patient_merge_row r
      where r.clinic_id = clinic and r.merge_id = merge group by 1, 2 order by 1, 2 loop
    select t.versioned, t.key into known from clinic.patient_places() t where t.entity = p.entity and t.place = p.place;
    execute pg_catalog.format('update clinic.%I t set %I = $3%s where t.clinic_id = $1 and t.%I = any ($2) and t.%I = $4', p.entity, p.place,
      case when known.versioned then ', version = version + 1' else '' end, known.key, p.place) using clinic, p.ids, other, survivor;
    get diagnostics count_of = row_count;
    parted := parted + count_of;
  end loop;
  update clinic.record_version v set patient_id = other
    where v.clinic_id = clinic and v.patient_id = survivor and exists (
      select from clinic.patient_merge_row r where r.clinic_id = clinic and r.merge_id = merge and r.place = 'patient_id' and r.entity = v.entity and r.entity_id = v.entity_id);
  return parted;
end $$;
grant execute on function clinic.part_rows to chevet_mover;

-- A visit belongs to one patient for good, unless two records turn out to be one person.
create or replace function clinic.check_appointment() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.status <> old.status and not (case old.status
    when 'booked' then new.status in ('arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error')
    when 'arrived' then new.status in ('booked', 'checked-in', 'fulfilled', 'cancelled', 'entered-in-error')
    when 'checked-in' then new.status in ('arrived', 'fulfilled', 'cancelled', 'entered-in-error')
    when 'fulfilled' then new.status in ('checked-in', 'entered-in-error')
    when 'noshow' then new.status in ('booked', 'arrived', 'cancelled', 'entered-in-error')
    when 'cancelled' then new.status in ('booked', 'entered-in-error')
    else false end) then
    raise exception 'appointment: % does not follow %', new.status, old.status using errcode = 'check_violation', constraint = 'appointment_transition';
  end if;
  if old.patient_id is not null and new.patient_id is distinct from old.patient_id and new.status <> 'entered-in-error'
    and old.request_person_id is null and current_user <> 'chevet_mover' then
    raise exception 'appointment: belongs to a patient already' using errcode = 'check_violation', constraint = 'appointment_patient';
  end if;
  return new;
end $$;

create or replace function clinic.index_patient_words() returns trigger language plpgsql set search_path = '' as $$
declare
  words constant text[] := pg_catalog.string_to_array(new.search_text, ' ');
  w text;
begin
  if tg_op = 'UPDATE' then
    delete from clinic.patient_word p where p.clinic_id = old.clinic_id and p.patient_id = old.id;
  end if;
  if new.status in ('entered-in-error', 'merged') then return null; end if;
  -- Row by row, since a distributed database refuses INSERT … SELECT under row security; and in one order for everybody:
  -- two registrations that bring the same new words wait for each other, and never in a circle.
  for w in select distinct t.word from unnest(words) as t (word) order by t.word loop
    insert into clinic.patient_word (clinic_id, patient_id, category, word, place, names)
      values (new.clinic_id, new.id, new.category, w, case when w = words[1] then 0 else 1 end, new.search_text);
    insert into clinic.name_word (clinic_id, word) values (new.clinic_id, w) on conflict do nothing;
  end loop;
  return null;
end $$;

create or replace function clinic.read_patient(clinic uuid, patient uuid) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  p record;
  today date;
begin
  select * into p from clinic.patient t where t.clinic_id = clinic and t.id = patient;
  if not found then return null; end if;
  select (pg_catalog.now() at time zone c.time_zone)::date into today from clinic.clinic c where c.clinic_id = clinic;
  return pg_catalog.jsonb_build_object(
    'id', p.id, 'fileNumber', p.file_number, 'familyName', p.family_name, 'givenName', p.given_name,
    'birthFamilyName', p.birth_family_name, 'preferredName', p.preferred_name, 'birthDate', p.birth_date, 'sex', p.sex,
    'gender', p.gender, 'pronouns', p.pronouns, 'photoFileId', p.photo_file_id, 'mergedInto', p.merged_into,
    'language', p.language, 'namLast2', p.nam_last2, 'namStatus', p.nam_status, 'namExpiry', p.nam_expiry,
    'namOverrideReason', p.nam_override_reason, 'deceasedOn', p.deceased_on, 'status', p.status, 'statusReason', p.status_reason,
    'version', p.version, 'createdAt', p.created_at, 'lastUpdated', p.last_updated,
    'familyDoctor', (
      select pg_catalog.jsonb_build_object('id', d.id, 'name', pg_catalog.btrim(d.given_name || ' ' || d.family_name), 'place', d.name, 'phone', d.phone, 'fax', d.fax)
      from clinic.correspondent d where d.clinic_id = clinic and d.id = p.family_doctor_id),
    'pharmacy', (
      select pg_catalog.jsonb_build_object('id', d.id, 'name', d.name, 'place', d.city, 'phone', d.phone, 'fax', d.fax)
      from clinic.correspondent d where d.clinic_id = clinic and d.id = p.pharmacy_id),
    'alerts', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', a.id, 'text', a.text, 'severity', a.severity, 'until', a.until, 'version', a.version)
        order by a.severity = 'danger' desc, a.severity = 'attention' desc, a.id), '[]')
      from clinic.patient_alert a where a.clinic_id = clinic and a.patient_id = patient and a.ended_at is null and (a.until is null or a.until >= today)),
    'contacts', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', c.id, 'system', c.system, 'use', c.use, 'value', c.value, 'normalised', c.normalised, 'city', c.city, 'province', c.province,
        'postalCode', c.postal_code, 'country', c.country, 'rank', c.rank, 'version', c.version) order by c.rank, c.id), '[]')
      from clinic.patient_contact c where c.clinic_id = clinic and c.patient_id = patient and c.ended_at is null),
    'relatedPersons', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', r.id, 'relationship', r.relationship, 'familyName', r.family_name, 'givenName', r.given_name, 'phone', r.phone, 'email', r.email,
        'mayAct', r.may_act, 'actsToday', clinic.may_act(r.clinic_id, r.id, today), 'grantedOn', r.granted_on, 'grantedUntil', r.granted_until,
        'relatedPatientId', r.related_patient_id, 'version', r.version) order by r.id), '[]')
      from clinic.related_person r where r.clinic_id = clinic and r.patient_id = patient and r.ended_at is null));
end $$;

create or replace function reference.find_patients(
  clinic uuid, person uuid, request uuid, glass uuid,
  words text[], birth date, digits text, file_numbers text[], nam bytea, row_limit int,
  event_id uuid, session uuid, agent_role text, address inet, ground text, kinds text[]
) returns jsonb language plpgsql set search_path = '' as $$
declare
  ids uuid[];
  shown uuid[];
  answer jsonb;
begin
  perform reference.enter('staff', clinic => clinic, person => person, request => request, glass => glass);
  select coalesce(pg_catalog.array_agg(s.id order by s.n), '{}') into ids
    from clinic.search_patients(clinic, words, birth, digits, file_numbers, nam, row_limit) with ordinality as s (id, n);
  -- A number that belonged to a record which was joined to another leads to the one that stays.
  select coalesce(pg_catalog.array_agg(f.id order by f.n), '{}') into ids from (
    select coalesce(m.merged_into, s.id) as id, min(s.n) as n
    from unnest(ids) with ordinality as s (id, n) left join clinic.patient m on m.clinic_id = clinic and m.id = s.id group by 1) f;
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'id', p.id, 'fileNumber', p.file_number, 'familyName', p.family_name, 'givenName', p.given_name, 'preferredName', p.preferred_name,
      'birthFamilyName', p.birth_family_name, 'birthDate', p.birth_date, 'sex', p.sex, 'status', p.status, 'deceasedOn', p.deceased_on,
      'namLast2', p.nam_last2, 'namStatus', p.nam_status, 'namExpiry', p.nam_expiry, 'namOverrideReason', p.nam_override_reason,
      'likeNamed', (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', o.id, 'birthDate', o.birth_date, 'fileNumber', o.file_number)), '[]')
        from (
          select t.id, t.birth_date, t.file_number from clinic.patient t
          where t.clinic_id = clinic and t.family_name = p.family_name and t.given_name = p.given_name and t.id <> p.id and t.status not in ('entered-in-error', 'merged')
          order by t.id limit 3
        ) o)
    ) order by pg_catalog.array_position(ids, p.id)), '[]'),
    coalesce(pg_catalog.array_agg(p.id), '{}')
    into answer, shown
    from clinic.patient p where p.clinic_id = clinic and p.id = any (ids);
  insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, agent_id, agent_role, session_id, request_id, address, ground, detail)
  values (clinic, event_id, 'patient.searched', 'R', 'Patient', shown, person, agent_role, session, request, address, ground,
    pg_catalog.jsonb_build_object('by', kinds));
  return pg_catalog.jsonb_build_object('patients', answer, 'hidden', case when nam is not null or (file_numbers is not null and digits is null) then
    (select coalesce(pg_catalog.jsonb_agg(h.id), '[]') from unnest(ids) as h (id) where h.id <> all (shown)) else '[]'::jsonb end);
end $$;

