-- The two hottest calls of a clinic's day, each in one round trip: enter, read under row security, and leave the trace, or
-- nothing at all (server/patient/README.md).

-- One patient as every verb returns it, with live contacts and related persons; null when the caller may not see it.
create function clinic.read_patient(clinic uuid, patient uuid) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  p record;
begin
  select * into p from clinic.patient t where t.clinic_id = clinic and t.id = patient;
  if not found then return null; end if;
  return pg_catalog.jsonb_build_object(
    'id', p.id, 'fileNumber', p.file_number, 'familyName', p.family_name, 'givenName', p.given_name,
    'birthFamilyName', p.birth_family_name, 'preferredName', p.preferred_name, 'birthDate', p.birth_date, 'gender', p.gender,
    'language', p.language, 'namLast2', p.nam_last2, 'namStatus', p.nam_status, 'namExpiry', p.nam_expiry,
    'namOverrideReason', p.nam_override_reason, 'deceasedOn', p.deceased_on, 'status', p.status, 'statusReason', p.status_reason,
    'version', p.version, 'createdAt', p.created_at, 'lastUpdated', p.last_updated,
    'contacts', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', c.id, 'system', c.system, 'use', c.use, 'value', c.value, 'normalised', c.normalised, 'city', c.city, 'province', c.province,
        'postalCode', c.postal_code, 'country', c.country, 'rank', c.rank, 'version', c.version) order by c.rank, c.id), '[]')
      from clinic.patient_contact c where c.clinic_id = clinic and c.patient_id = patient and c.ended_at is null),
    'relatedPersons', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', r.id, 'relationship', r.relationship, 'familyName', r.family_name, 'givenName', r.given_name, 'phone', r.phone, 'email', r.email,
        'mayAct', r.may_act, 'relatedPatientId', r.related_patient_id, 'version', r.version) order by r.id), '[]')
      from clinic.related_person r where r.clinic_id = clinic and r.patient_id = patient and r.ended_at is null));
end $$;
grant execute on function clinic.read_patient to chevet_staff;

-- Enters as the person, reads one patient, and journals the reading when there was something to read.
create function reference.open_patient(
  clinic uuid, person uuid, request uuid, glass uuid, patient uuid,
  event_id uuid, session uuid, agent_role text, address inet, ground text
) returns jsonb language plpgsql set search_path = '' as $$
declare
  answer jsonb;
begin
  perform reference.enter('staff', clinic => clinic, person => person, request => request, glass => glass);
  answer := clinic.read_patient(clinic, patient);
  if answer is null then return null; end if;
  insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, patient_id, agent_id, agent_role, session_id, request_id, address, ground)
  values (clinic, event_id, 'patient.read', 'R', 'Patient', array[patient], patient, person, agent_role, session, request, address, ground);
  return answer;
end $$;
grant execute on function reference.open_patient to chevet_web;

-- Enters as the person, searches, reads the found again under row security, and journals which were shown (never the query).
-- Shape: { patients: [{ …, likeNamed: [{ id, … }] }], hidden: [id] }; `hidden` are those found by NAM or file number alone that
-- a restriction closes to this person: only whoever may break the glass is told.
create function reference.find_patients(
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
      'birthFamilyName', p.birth_family_name, 'birthDate', p.birth_date, 'gender', p.gender, 'status', p.status, 'deceasedOn', p.deceased_on,
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
grant execute on function reference.find_patients to chevet_web;
