-- One appointment as it is looked at: the person's essentials, the series, what it was before. Read and journaled in one round trip.
-- Null when the caller may not see it. Shape: AppointmentDetail of server/appointment/record.ts.
create function clinic.read_appointment(
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
      'gender', p.gender, 'language', coalesce(p.language, r.language), 'bookerName', coalesce(r.booker_name, ''),
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
grant execute on function clinic.read_appointment to chevet_staff;
