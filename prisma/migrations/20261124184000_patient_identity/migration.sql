-- Who a person is, whole: sex as on the record and gender apart, who cares for them elsewhere, who may act for them and until when,
-- what everybody must know at a glance, what they consented to, and their face.

-- What the column held is the sex of the record (FHIR's administrative gender): « other » is the X of a card. Gender is what the person says.
alter table clinic.patient rename column gender to sex;
alter table clinic.patient rename constraint patient_gender to patient_sex;
alter table clinic.patient add column gender text not null default '' constraint patient_gender_length check (length(gender) <= 100);
alter table clinic.patient add column pronouns text not null default '' constraint patient_pronouns_length check (length(pronouns) <= 60);

-- Doctors, pharmacies and establishments that a clinic writes to: one directory, since all are reached alike.
create table clinic.correspondent (
  clinic_id uuid not null constraint correspondent_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  author_id uuid not null,
  kind text not null constraint correspondent_kind check (kind in ('practitioner', 'pharmacy', 'organization')),
  family_name text not null default '' constraint correspondent_family_length check (length(family_name) <= 200),
  given_name text not null default '' constraint correspondent_given_length check (length(given_name) <= 200),
  -- Of the pharmacy or the establishment; where a practitioner works.
  name text not null default '' constraint correspondent_name_length check (length(name) <= 200),
  specialty text not null default '' constraint correspondent_specialty_length check (length(specialty) <= 100),
  permit_number text not null default '' constraint correspondent_permit_length check (length(permit_number) <= 20),
  phone text not null default '' constraint correspondent_phone_length check (length(phone) <= 40),
  fax text not null default '' constraint correspondent_fax_length check (length(fax) <= 40),
  email text not null default '' constraint correspondent_email_length check (length(email) <= 254),
  address_line text not null default '' constraint correspondent_address_length check (length(address_line) <= 300),
  city text not null default '' constraint correspondent_city_length check (length(city) <= 100),
  province text not null default '' constraint correspondent_province_length check (length(province) <= 100),
  postal_code text not null default '' constraint correspondent_postal_length check (length(postal_code) <= 20),
  status text not null default 'active' constraint correspondent_status check (status in ('active', 'inactive')),
  -- Folded as names of patients are (server/patient/fold-name.ts): it sorts, and it is searched.
  search_text text collate "C" not null constraint correspondent_search_length check (length(search_text) between 1 and 700),
  source_system text,
  source_id text,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint correspondent_pkey primary key (clinic_id, id),
  constraint correspondent_named check (case kind when 'practitioner' then family_name <> '' else name <> '' end),
  constraint correspondent_source_key unique (clinic_id, source_system, source_id)
);
create index correspondent_list_idx on clinic.correspondent (clinic_id, search_text, id);

alter table clinic.stored_file
  drop constraint stored_file_purpose,
  add constraint stored_file_purpose check (purpose in ('clinic-logo', 'practitioner-signature', 'export', 'page-cover', 'document', 'patient-photo', 'patient-import'));

alter table clinic.patient add column family_doctor_id uuid;
alter table clinic.patient add column pharmacy_id uuid;
alter table clinic.patient add column photo_file_id uuid;
alter table clinic.patient add constraint patient_family_doctor_fk foreign key (clinic_id, family_doctor_id) references clinic.correspondent (clinic_id, id) on delete restrict;
alter table clinic.patient add constraint patient_pharmacy_fk foreign key (clinic_id, pharmacy_id) references clinic.correspondent (clinic_id, id) on delete restrict;
alter table clinic.patient add constraint patient_photo_fk foreign key (clinic_id, photo_file_id) references clinic.stored_file (clinic_id, id) on delete restrict;
create index patient_family_doctor_idx on clinic.patient (clinic_id, family_doctor_id) where family_doctor_id is not null;

-- A parent's right to act ends on the fourteenth birthday, unless the young person gives it back (CCQ s. 14; LRSSS, r. 1).
alter table clinic.related_person add column granted_on date;
alter table clinic.related_person add column granted_until date;
alter table clinic.related_person add constraint related_person_grant check (granted_until is null or granted_on is not null and granted_until >= granted_on);

-- A few words that everybody who opens the file must see.
create table clinic.patient_alert (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'administrative' constraint patient_alert_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  text text not null constraint patient_alert_text_length check (length(text) between 1 and 160),
  severity text not null constraint patient_alert_severity check (severity in ('info', 'attention', 'danger')),
  -- The last day on which it is shown; null: until somebody ends it.
  until date,
  ended_at timestamptz,
  end_reason text not null default '' constraint patient_alert_end_length check (length(end_reason) <= 300),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint patient_alert_pkey primary key (clinic_id, id),
  constraint patient_alert_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index patient_alert_patient_idx on clinic.patient_alert (clinic_id, patient_id);

-- What a person agreed to or refused, purpose by purpose (AC-14 to AC-16): how it was said, to whom, when, on which text, until when.
create table clinic.consent (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'administrative' constraint consent_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  purpose text not null constraint consent_purpose check (purpose in ('care', 'communication', 'disclosure', 'relatives', 'photo', 'teaching', 'research', 'promotion', 'other')),
  decision text not null constraint consent_decision check (decision in ('permit', 'deny')),
  -- What exactly: to whom, which information, for what.
  scope text not null constraint consent_scope_length check (length(scope) between 1 and 500),
  mode text not null constraint consent_mode check (mode in ('oral', 'written')),
  -- Who said it: the person, or somebody who may act for them.
  given_by uuid,
  given_by_name text not null constraint consent_giver_length check (length(given_by_name) between 1 and 200),
  taken_by uuid not null,
  taken_at timestamptz not null,
  text_version text not null default '' constraint consent_text_length check (length(text_version) <= 60),
  expires_on date,
  withdrawn_at timestamptz,
  withdrawn_mode text constraint consent_withdrawn_mode check (withdrawn_mode in ('oral', 'written')),
  withdrawn_taken_by uuid,
  withdrawn_reason text not null default '' constraint consent_withdrawn_length check (length(withdrawn_reason) <= 300),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint consent_pkey primary key (clinic_id, id),
  constraint consent_withdrawal check ((withdrawn_at is null) = (withdrawn_mode is null) and (withdrawn_at is null) = (withdrawn_taken_by is null)),
  constraint consent_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint consent_giver_fk foreign key (clinic_id, given_by) references clinic.related_person (clinic_id, id) on delete restrict
);
create index consent_patient_idx on clinic.consent (clinic_id, patient_id);

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['correspondent', 'patient_alert', 'consent'] loop
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
  end loop;
  -- The directory is of no patient. Alerts and consents are for whoever receives the person: the front desk asks for them and acts on them.
  execute format('create policy staff_clinic on clinic.correspondent to chevet_staff using (%s) with check (%s)', own, own);
  foreach name in array array['patient_alert', 'consent'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted, own || unrestricted);
  end loop;
end $$;

-- Whether somebody may act for a patient on a day (AC-17), answered here so that no screen, mail or door answers otherwise. A parent or
-- tutor does until the fourteenth birthday, a mandatary for as long as the mandate is on record, and anybody whom the person themselves
-- allowed once they are fourteen, for as long as they said. Without a birth date nobody is known to be a child.
create function clinic.may_act(clinic uuid, related uuid, on_day date) returns boolean language sql stable set search_path = '' as $$
  select coalesce((
    select r.may_act and r.ended_at is null and p.deceased_on is null and case
        when p.birth_date + interval '14 years' > on_day then r.relationship in ('mother', 'father', 'parent', 'tutor')
        when r.relationship = 'mandatary' then true
        else r.granted_on <= on_day and (r.granted_until is null or r.granted_until >= on_day)
          and (p.birth_date is null or r.granted_on >= p.birth_date + interval '14 years')
      end
    from clinic.related_person r join clinic.patient p on p.clinic_id = r.clinic_id and p.id = r.patient_id
    where r.clinic_id = clinic and r.id = related), false)
$$;
grant execute on function clinic.may_act to chevet_staff;

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
    'gender', p.gender, 'pronouns', p.pronouns, 'photoFileId', p.photo_file_id,
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
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'id', p.id, 'fileNumber', p.file_number, 'familyName', p.family_name, 'givenName', p.given_name, 'preferredName', p.preferred_name,
      'birthFamilyName', p.birth_family_name, 'birthDate', p.birth_date, 'sex', p.sex, 'status', p.status, 'deceasedOn', p.deceased_on,
      'namLast2', p.nam_last2, 'namStatus', p.nam_status, 'namExpiry', p.nam_expiry, 'namOverrideReason', p.nam_override_reason,
      'likeNamed', (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', o.id, 'birthDate', o.birth_date, 'fileNumber', o.file_number)), '[]')
        from (
          select t.id, t.birth_date, t.file_number from clinic.patient t
          where t.clinic_id = clinic and t.family_name = p.family_name and t.given_name = p.given_name and t.id <> p.id and t.status <> 'entered-in-error'
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

create or replace function clinic.read_appointment(
  clinic uuid, appointment uuid, event_id uuid, session uuid, agent_role text, request uuid, address inet, ground text, refresh boolean, told_since uuid
) returns jsonb language plpgsql set search_path = pg_catalog set jit = off as $$
#variable_conflict use_column
declare
  a record;
  s record;
  p record;
  r record;
  answer jsonb;
begin
  select * into a from clinic.appointment t where t.clinic_id = clinic and t.id = appointment;
  if not found then return null; end if;
  select * into s from clinic.sitting t where t.clinic_id = clinic and t.id = a.sitting_id;
  -- At a place that is not theirs to see.
  if not found then return null; end if;
  select * into p from clinic.patient t where t.clinic_id = clinic and t.id = a.patient_id;
  -- A patient whom a restriction closes is not shown through their visit, whatever the visit's own category.
  if a.patient_id is not null and not found then return null; end if;
  select * into r from clinic.request_person t where t.clinic_id = clinic and t.id = a.request_person_id;

  with own as materialized (
    select v.id, v.status, t.id as sitting_id, t.starts_at, t.ends_at, t.local_date, t.local_minute, t.time_zone, t.service_id, t.resource_id
    from clinic.appointment v join clinic.sitting t on t.clinic_id = clinic and t.id = v.sitting_id
    where v.clinic_id = clinic and v.status <> 'entered-in-error'
      and case when a.patient_id is null then v.request_person_id = a.request_person_id else v.patient_id = a.patient_id end
  ),
  line as materialized (
    select o.*, jsonb_build_object('id', o.id, 'sittingId', o.sitting_id, 'status', o.status, 'startsAt', o.starts_at, 'date', o.local_date,
      'minute', o.local_minute, 'timeZone', o.time_zone, 'serviceId', o.service_id, 'resourceId', o.resource_id) as shown
    from own o
  )
  select jsonb_build_object(
    'id', a.id, 'sittingId', a.sitting_id, 'status', a.status, 'flow', a.flow, 'patientId', a.patient_id, 'requestPersonId', a.request_person_id,
    'name', coalesce(p.given_name || ' ' || p.family_name, r.given_name || ' ' || r.family_name, ''), 'roomId', a.room_id,
    'confirmedAt', a.confirmed_at, 'arrivedAt', a.arrived_at, 'roomedAt', a.roomed_at, 'startedAt', a.started_at, 'doneAt', a.done_at,
    'source', a.source, 'reason', a.reason, 'cancelledBy', a.cancelled_by, 'cancelledAt', a.cancelled_at, 'cancelReason', a.cancel_reason,
    'errorReason', a.error_reason, 'createdAt', a.created_at, 'lastUpdated', a.last_updated, 'version', a.version,
    'bookedBy', (select m.display_name from identity.membership m where m.clinic_id = clinic and m.user_id = a.author_id),
    'newPatient', case when a.patient_id is null then coalesce(r.new_patient, true) else not exists (select from own o where o.status = 'fulfilled' and o.id <> a.id) end,
    'sitting', jsonb_build_object(
      'id', s.id, 'kind', s.kind, 'status', s.status, 'serviceId', s.service_id, 'title', s.title, 'locationId', s.location_id, 'resourceId', s.resource_id,
      'resourceIds', (select coalesce(jsonb_agg(o.resource_id order by (o.resource_id = s.resource_id) desc, o.resource_id), '[]') from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id),
      'mode', s.mode, 'localDate', s.local_date, 'localMinute', s.local_minute, 'timeZone', s.time_zone, 'durationMinutes', s.duration_minutes,
      'bufferBeforeMinutes', s.buffer_before_minutes, 'bufferAfterMinutes', s.buffer_after_minutes, 'startsAt', s.starts_at, 'endsAt', s.ends_at,
      'capacity', s.capacity, 'seriesId', s.series_id, 'seriesIndex', s.series_index,
      'overbooked', exists (select from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id and o.overbooked_by is not null),
      'overbookReason', (select max(o.overbooking_reason) from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id), 'version', s.version),
    'placesTaken', (select count(*) from clinic.place t where t.clinic_id = clinic and t.sitting_id = s.id),
    'person', jsonb_build_object(
      'fileNumber', p.file_number, 'preferredName', coalesce(p.preferred_name, ''), 'birthDate', coalesce(p.birth_date, r.birth_date),
      'age', extract(year from age((now() at time zone s.time_zone)::date, coalesce(p.birth_date, r.birth_date)))::int,
      'sex', p.sex, 'language', coalesce(p.language, r.language), 'bookerName', coalesce(r.booker_name, ''),
      'contacts', case when a.patient_id is null
        then jsonb_build_array() || case when r.phone <> '' then jsonb_build_array(jsonb_build_object('system', 'phone', 'use', 'home', 'value', r.phone)) else '[]' end
          || case when r.email <> '' then jsonb_build_array(jsonb_build_object('system', 'email', 'use', 'home', 'value', r.email)) else '[]' end
        else (
          select coalesce(jsonb_agg(jsonb_build_object('system', c.system, 'use', c.use, 'value', case when c.system in ('phone', 'sms') then c.normalised else c.value end) order by c.rank, c.id), '[]')
          from clinic.patient_contact c where c.clinic_id = clinic and c.patient_id = a.patient_id and c.ended_at is null and c.system <> 'address') end,
      'alerts', to_jsonb(array_remove(array[
        case when p.deceased_on is not null then 'deceased' end,
        case when p.status = 'inactive' then 'inactive' end,
        case when p.status = 'entered-in-error' then 'entered-in-error' end,
        case when a.patient_id is null then 'unmatched' end,
        case when p.nam_status = 'expired' or (p.nam_status = 'valid' and p.nam_expiry < (now() at time zone s.time_zone)::date) then 'nam-expired' end,
        case when a.patient_id is not null and exists (
          select from clinic.patient o where o.clinic_id = clinic and o.family_name = p.family_name and o.given_name = p.given_name
            and o.id <> p.id and o.status <> 'entered-in-error') then 'like-named' end
      ], null))),
    'next', (select l.shown from line l where l.starts_at > now() and l.id <> a.id and l.status = 'booked' order by l.starts_at, l.id limit 1),
    'last', (select coalesce(jsonb_agg(f.shown order by f.starts_at desc, f.id), '[]') from (
      select l.* from line l where l.starts_at <= now() and l.id <> a.id and l.status <> 'cancelled' order by l.starts_at desc, l.id limit 5) f),
    'counts', (select jsonb_build_object('done', count(*) filter (where o.status = 'fulfilled'), 'noshow', count(*) filter (where o.status = 'noshow'),
      'cancelled', count(*) filter (where o.status = 'cancelled'), 'upcoming', count(*) filter (where o.status = 'booked' and o.starts_at > now())) from own o),
    'series', (
      select jsonb_build_object('id', e.id, 'frequency', e.frequency, 'every', e.every, 'weekdays', e.weekdays, 'occurrences', e.occurrences,
        'visits', (select coalesce(jsonb_agg(jsonb_build_object('sittingId', t.id, 'index', t.series_index, 'date', t.local_date, 'minute', t.local_minute,
            'startsAt', t.starts_at, 'sittingStatus', t.status, 'sittingVersion', t.version, 'appointmentId', v.id, 'status', v.status, 'version', v.version)
            order by t.series_index), '[]')
          from clinic.sitting t left join clinic.appointment v on v.clinic_id = clinic and v.sitting_id = t.id
            and v.patient_id is not distinct from a.patient_id and v.request_person_id is not distinct from a.request_person_id
          where t.clinic_id = clinic and t.series_id = e.id and (t.kind = 'visit' or v.id is not null)))
      from clinic.sitting_series e where e.clinic_id = clinic and e.id = s.series_id),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object('entity', h.entity, 'version', h.version, 'until', h.valid_until,
          'changedBy', (select m.display_name from identity.membership m where m.clinic_id = clinic and m.user_id = h.replaced_by),
          'status', h.content ->> 'status', 'flow', h.content ->> 'flow', 'reason', h.content ->> 'reason',
          'date', h.content ->> 'local_date', 'minute', (h.content ->> 'local_minute')::int, 'durationMinutes', (h.content ->> 'duration_minutes')::int,
          'resourceId', h.content ->> 'resource_id', 'roomId', h.content ->> 'room_id') order by h.valid_until desc, h.version desc), '[]')
      from (
        select v.* from clinic.record_version v
        where v.clinic_id = clinic and (v.entity, v.entity_id) in (('appointment', a.id), ('sitting', a.sitting_id))
        order by v.valid_until desc, v.version desc limit 50) h)
  ) into answer;

  if not (refresh and exists (
    select from clinic.audit_event e
    where e.clinic_id = clinic and e.agent_id = nullif(current_setting('app.user_id', true), '')::uuid and e.id >= told_since
      and e.session_id = session and e.event = 'appointment.read' and e.entity_ids = array[a.id])) then
    insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, patient_id, agent_id, agent_role, session_id, request_id, address, ground)
    values (clinic, event_id, 'appointment.read', 'R', 'Appointment', array[a.id], a.patient_id, nullif(current_setting('app.user_id', true), '')::uuid,
      agent_role, session, request, address, ground);
  end if;
  return answer;
end $$;
