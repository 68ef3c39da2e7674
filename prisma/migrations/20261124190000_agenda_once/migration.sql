-- The agenda in less work. Of 200 visits, each was looked up in five tables one by one, and a view that read again by itself gathered all
-- that this session had been shown for an hour before it knew that it showed nothing new.

-- Whether somebody was here before is asked of each person of a day: one look, however many visits they had.
create index appointment_fulfilled_idx on clinic.appointment (clinic_id, patient_id) where status = 'fulfilled';

-- Of what a view shows, whom it shows anew to this session since `told_since`; null when that needs no line. The line before is nearly
-- always the same view, and then it is the only one that is looked at.
create function clinic.shown_anew(clinic uuid, shown uuid[], event_name text, session uuid, told_since uuid) returns uuid[]
language plpgsql stable set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  line record;
  told boolean := false;
  anew uuid[] := coalesce(shown, '{}');
begin
  for line in
    select e.entity_ids as ids from clinic.audit_event e
    where e.clinic_id = clinic and e.agent_id = nullif(current_setting('app.user_id', true), '')::uuid and e.id >= told_since
      and e.session_id = session and e.event = event_name and e.outcome = 'success' and e.entity_ids <> '{}'
    order by e.id desc
  loop
    told := true;
    exit when anew = '{}';
    anew := array(select unnest(anew) except select unnest(line.ids));
    exit when anew = '{}';
  end loop;
  return case when told and anew = '{}' then null else anew end;
end $$;
grant execute on function clinic.shown_anew to chevet_staff;

-- Otherwise as in 20261124172000_own_places. What belongs to the sittings is read once for all of them and put beside each by its id, and their JSON
-- is that of rows: written field by field it was a third of the work. The board has its own shape: a row for each person, without hours and closures.
create or replace function clinic.read_agenda(
  clinic uuid, from_date date, until_date date, at_location uuid, of_resources uuid[],
  event_id uuid, event_name text, session uuid, agent_role text, request uuid, address inet, ground text, refresh boolean, told_since uuid
) returns json language plpgsql set search_path = pg_catalog set jit = off set plan_cache_mode = force_generic_plan
-- How many sittings a day has is known to nobody beforehand: by hash, two hundred and two thousand are both put beside each other in one pass.
set enable_nestloop = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  board constant boolean := event_name = 'appointment.board-read';
  zone text;
  from_at timestamptz;
  until_at timestamptz;
  listed json;
  standing uuid[];
  services uuid[];
  shown uuid[];
  columns uuid[];
  locations json;
  resources json;
  offered json;
  answer json;
  -- Where this person works; null for everywhere.
  places constant uuid[] := string_to_array(nullif(current_setting('app.locations', true), ''), ';')::uuid[];
begin
  select c.time_zone into zone from clinic.clinic c where c.clinic_id = clinic;
  -- Wide enough for every zone of the country, and for what began the day before: no sitting is longer than a day.
  from_at := from_date::timestamp at time zone zone - interval '30 hours';
  until_at := (until_date + 1)::timestamp at time zone zone + interval '6 hours';

  with sitting as materialized (
    select s.* from clinic.sitting s
    where s.clinic_id = clinic and s.starts_at >= from_at and s.starts_at < until_at
      -- In each place's own days; + 0 keeps the index of instants.
      and s.local_date + 0 <= until_date and (s.local_date + 0 >= from_date or (s.ends_at at time zone s.time_zone)::date >= from_date)
      and (s.status = 'booked' or (s.status = 'cancelled' and s.kind <> 'block') or (s.status = 'held' and s.hold_expires_at > now()))
      and (at_location is null or s.location_id = at_location)
  ),
  taken as materialized (
    select o.sitting_id, array_agg(o.resource_id order by o.resource_id) as resources,
      bool_or(o.overbooked_by is not null) as overbooked, max(o.overbooking_reason) as reason
    from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = any (array(select s.id from sitting s)) group by o.sitting_id
  ),
  entry as materialized (
    select s.*, t.resources, t.overbooked, t.reason from sitting s left join taken t on t.sitting_id = s.id
    where of_resources is null or s.resource_id = any (of_resources) or t.resources && of_resources
  ),
  visit as materialized (
    select a.* from clinic.appointment a
    where a.clinic_id = clinic and a.sitting_id = any (array(select e.id from entry e)) and a.status <> 'entered-in-error'
  ),
  patient as materialized (
    select p.id, p.given_name || ' ' || p.family_name as name from clinic.patient p
    where p.clinic_id = clinic and p.id = any (array(select v.patient_id from visit v where v.patient_id is not null))
  ),
  requester as materialized (
    select r.id, r.given_name || ' ' || r.family_name as name, r.new_patient from clinic.request_person r
    where r.clinic_id = clinic and r.id = any (array(select v.request_person_id from visit v where v.request_person_id is not null))
  ),
  person as materialized (
    select a.id, a.sitting_id as "sittingId", a.status, a.flow, a.patient_id as "patientId", a.request_person_id as "requestPersonId",
      coalesce(p.name, r.name, '') as name, a.room_id as "roomId", a.confirmed_at as "confirmedAt", a.arrived_at as "arrivedAt",
      a.roomed_at as "roomedAt", a.started_at as "startedAt", a.done_at as "doneAt", a.source, a.reason, a.cancelled_by as "cancelledBy", a.version,
      case when a.patient_id is null then coalesce(r.new_patient, true) else not exists (
        select from clinic.appointment e where e.clinic_id = clinic and e.patient_id = a.patient_id and e.status = 'fulfilled' and e.id <> a.id) end as "newPatient"
    from visit a left join patient p on p.id = a.patient_id left join requester r on r.id = a.request_person_id
    -- Whom a restriction closes is not shown through their visit either, whatever the visit's own category.
    where a.patient_id is null or p.id is not null
  ),
  day as (
    select json_agg(x order by x."startsAt", x.id) as listed
    from (
      select e.id, e.kind, e.status, e.service_id as "serviceId", e.title, e.location_id as "locationId", e.resource_id as "resourceId",
        case when e.resource_id = any (e.resources) then e.resource_id || array_remove(e.resources, e.resource_id) else coalesce(e.resources, '{}') end as "resourceIds",
        e.mode, e.local_date as "localDate", e.local_minute as "localMinute", e.time_zone as "timeZone", e.duration_minutes as "durationMinutes",
        e.buffer_before_minutes as "bufferBeforeMinutes", e.buffer_after_minutes as "bufferAfterMinutes", e.starts_at as "startsAt", e.ends_at as "endsAt",
        e.capacity, e.hold_expires_at as "heldUntil", e.series_id as "seriesId", e.series_index as "seriesIndex",
        coalesce(e.overbooked, false) as overbooked, e.reason as "overbookReason", e.version, coalesce(c.appointments, '[]') as appointments
      from entry e
      left join (select p."sittingId", json_agg(p order by p.id) as appointments from person p group by p."sittingId") c on c."sittingId" = e.id
      where not board
    ) x
  ),
  flow as (
    select json_agg(x order by x."startsAt", x."sittingId", x.id) as listed
    from (
      select p.*, e.version as "sittingVersion", e.kind as "sittingKind", e.service_id as "serviceId", e.resource_id as "resourceId",
        e.location_id as "locationId", e.mode, e.local_minute as "localMinute", e.starts_at as "startsAt", e.ends_at as "endsAt",
        e.duration_minutes as "durationMinutes", coalesce(e.overbooked, false) as overbooked
      from person p join entry e on e.id = p."sittingId"
      where board and p.status <> 'cancelled'
    ) x
  )
  select coalesce(case when board then (select f.listed from flow f) else (select d.listed from day d) end, '[]'),
    array(select distinct e.resource_id from entry e), array(select distinct e.service_id from entry e),
    array(select p.id from person p where not board or p.status <> 'cancelled')
    into listed, standing, services, shown;

  columns := array(
    select r.id from clinic.resource r left join clinic.practitioner p on p.clinic_id = clinic and p.id = r.practitioner_id
    where r.clinic_id = clinic and (of_resources is null or r.id = any (of_resources))
      and (places is null or r.location_id is null or r.location_id = any (places))
      and (r.id = any (standing) or (r.status = 'active' and coalesce(p.status, 'active') = 'active'))
    order by r.id limit 500);

  locations := (
    select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'timeZone', l.time_zone, 'status', l.status) order by l.status, l.name, l.id), '[]')
    from clinic.location l where l.clinic_id = clinic and (places is null or l.id = any (places)));
  resources := (
    select coalesce(json_agg(json_build_object(
        'id', r.id, 'kind', r.kind, 'type', r.type, 'locationId', r.location_id, 'profession', p.profession,
        'name', case when p.id is null then r.name else btrim(p.prefix || ' ' || p.given_name || ' ' || p.family_name) end,
        'status', case when r.status = 'active' and coalesce(p.status, 'active') = 'active' then 'active' else 'inactive' end
      ) order by r.kind = 'device', r.kind = 'room', p.family_name, p.given_name, r.name, r.id), '[]')
    from clinic.resource r left join clinic.practitioner p on p.clinic_id = clinic and p.id = r.practitioner_id
    where r.clinic_id = clinic and (places is null or r.location_id is null or r.location_id = any (places))
      and (r.id = any (columns) or of_resources is not null and (r.status = 'active' and coalesce(p.status, 'active') = 'active')));
  offered := (
    select coalesce(json_agg(json_build_object(
        'id', h.id, 'name', h.name, 'nameEn', h.name_en, 'color', h.color, 'durationMinutes', h.duration_minutes, 'stepMinutes', h.step_minutes,
        'bufferBeforeMinutes', h.buffer_before_minutes, 'bufferAfterMinutes', h.buffer_after_minutes, 'modes', h.modes, 'capacity', h.capacity,
        'status', h.status, 'resourceIds', coalesce(q.ids, '{}')
      ) order by h.rank, h.name, h.id), '[]')
    from clinic.healthcare_service h
    left join lateral (
      select array_agg(distinct e.id) as ids
      from (select t.* from clinic.service_requirement t where t.clinic_id = clinic and t.service_id = h.id order by t.rank limit 1) n
      join clinic.resource e on e.clinic_id = clinic and (
        (n.resource_type <> '' and e.kind = n.kind and e.type = n.resource_type)
        or (n.resource_type = '' and exists (
          select from clinic.service_candidate c where c.clinic_id = clinic and c.requirement_id = n.id and c.resource_id = e.id)))
    ) q on true
    where h.clinic_id = clinic and (h.status = 'active' or h.id = any (services)));
  answer := case when board then json_build_object(
    'timeZone', zone, 'today', (now() at time zone zone)::date, 'now', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'stamp', coalesce((select t.stamp from clinic.schedule_stamp t where t.clinic_id = clinic), 0),
    'waitLimitMinutes', coalesce((select b.wait_limit_minutes from clinic.booking_policy b where b.clinic_id = clinic), 20),
    'locations', locations, 'resources', resources, 'services', offered, 'rows', listed)
  else json_build_object(
    'timeZone', zone, 'today', (now() at time zone zone)::date, 'now', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'stamp', coalesce((select t.stamp from clinic.schedule_stamp t where t.clinic_id = clinic), 0),
    'waitLimitMinutes', coalesce((select b.wait_limit_minutes from clinic.booking_policy b where b.clinic_id = clinic), 20),
    'locations', locations, 'resources', resources, 'services', offered,
    'open', (
      select coalesce(json_agg(json_build_object(
        'resourceId', o.resource_id, 'locationId', o.location_id, 'startsAt', o.starts_at, 'endsAt', o.ends_at, 'serviceId', o.service_id)), '[]')
      from clinic.open_hours(clinic, columns, at_location, from_date, until_date) o where places is null or o.location_id = any (places)),
    'exceptions', (
      select coalesce(json_agg(json_build_object(
          'id', e.id, 'resourceId', e.resource_id, 'locationId', e.location_id, 'kind', e.kind, 'reason', e.reason, 'title', e.title,
          'startsAt', e.starts_at, 'endsAt', e.ends_at) order by e.starts_at, e.id), '[]')
      from clinic.schedule_exception e
      where e.clinic_id = clinic and e.status = 'active' and e.ends_at > from_date::timestamp at time zone zone and e.starts_at < (until_date + 1)::timestamp at time zone zone
        and (e.resource_id is null or e.resource_id = any (columns)) and (at_location is null or e.location_id is null or e.location_id = at_location)
        and (places is null or e.location_id is null or e.location_id = any (places))),
    'sittings', listed) end;

  if refresh then
    shown := clinic.shown_anew(clinic, shown, event_name, session, told_since);
    if shown is null then return answer; end if;
  end if;
  insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, agent_id, agent_role, session_id, request_id, address, ground, detail)
  values (clinic, event_id, event_name, 'R', 'Appointment', shown, nullif(current_setting('app.user_id', true), '')::uuid, agent_role, session, request, address, ground,
    jsonb_build_object('from', from_date, 'until', until_date));
  return answer;
end $$;
