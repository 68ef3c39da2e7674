-- A chart closed to whoever searches is told of by its very number, written with or without « # »; the number of a record that was
-- joined to it leads there too.
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
  -- Only a NAM or a file number tells of somebody closed: not the end of a phone number, though both may be typed with the same digits.
  if nam is null then
    select coalesce(pg_catalog.array_agg(distinct coalesce(m.merged_into, s.id)), '{}') into ids
      from clinic.search_patients(clinic, '{}', null, null, file_numbers, null, row_limit) s (id)
      left join clinic.patient m on m.clinic_id = clinic and m.id = s.id
      where file_numbers is not null;
  end if;
  return pg_catalog.jsonb_build_object('patients', answer, 'hidden',
    (select coalesce(pg_catalog.jsonb_agg(h.id), '[]') from unnest(ids) as h (id)
      where not exists (select from clinic.patient p where p.clinic_id = clinic and p.id = h.id)));
end $$;
