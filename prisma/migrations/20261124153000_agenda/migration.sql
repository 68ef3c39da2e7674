-- The agenda in one round trip: who works when, what is taken, and who comes, read under row security and journaled.

-- When each resource is open between two days (both included, of its locations' own zones), less what is closed to everything. A lunch
-- that is closed for one service only stays open here: explain says it.
create function clinic.open_hours(clinic uuid, resources uuid[], at_location uuid, from_date date, until_date date)
returns table (resource_id uuid, location_id uuid, service_id uuid, starts_at timestamptz, ends_at timestamptz)
language plpgsql stable set search_path = pg_catalog set jit = off as $$
#variable_conflict use_column
begin
  return query
  with calendar as materialized (
    select l.id as location_id, l.time_zone, from_date + g.n as day, extract(isodow from from_date + g.n)::int as weekday,
      date_trunc('week', from_date + g.n)::date as week
    from clinic.location l cross join generate_series(0, until_date - from_date) as g (n)
    where l.clinic_id = clinic and l.status = 'active' and (at_location is null or l.id = at_location)
  ),
  ruled as materialized (
    select r.resource_id, r.location_id, r.kind, r.service_id,
      (c.day + make_interval(mins => r.from_minute)) at time zone c.time_zone as lo,
      (c.day + make_interval(mins => r.until_minute)) at time zone c.time_zone as hi
    from calendar c
    join clinic.schedule_rule r on r.clinic_id = clinic and r.location_id = c.location_id and r.resource_id = any (resources) and r.status = 'active'
      and r.weekday = c.weekday and r.valid_from <= c.day and (r.valid_until is null or r.valid_until >= c.day)
    where (r.kind = 'open' or (r.service_id is null and not r.new_patients))
      and (r.every_weeks = 1 or ((c.week - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0)
  ),
  -- Extra hours and closures, cut at the days that are shown.
  once as materialized (
    select e.resource_id, e.location_id, e.kind, greatest(e.starts_at, w.lo) as lo, least(e.ends_at, w.hi) as hi, w.location_id as place_id
    from (
      select c.location_id, min(c.day)::timestamp at time zone c.time_zone as lo, (max(c.day) + 1)::timestamp at time zone c.time_zone as hi
      from calendar c group by c.location_id, c.time_zone
    ) w
    join clinic.schedule_exception e on e.clinic_id = clinic and e.status = 'active' and e.ends_at > w.lo and e.starts_at < w.hi and e.starts_at < e.ends_at
      and (e.location_id is null or e.location_id = w.location_id)
  ),
  opening as materialized (
    select u.resource_id, u.location_id, u.service_id, range_agg(tstzrange(u.lo, u.hi)) as spans
    from (
      select u.resource_id, u.location_id, u.service_id, u.lo, u.hi from ruled u where u.kind = 'open'
      union all
      select o.resource_id, o.place_id, null, o.lo, o.hi from once o where o.kind = 'open' and o.resource_id = any (resources)
    ) u where u.lo < u.hi group by 1, 2, 3
  ),
  closing as materialized (
    select p.resource_id, p.location_id, range_agg(tstzrange(x.lo, x.hi)) as spans
    from (select distinct o.resource_id, o.location_id from opening o) p
    join (
      select u.resource_id, u.location_id, u.lo, u.hi from ruled u where u.kind = 'closed'
      union all
      select o.resource_id, o.place_id, o.lo, o.hi from once o where o.kind = 'closed'
    ) x on (x.resource_id is null or x.resource_id = p.resource_id) and x.location_id = p.location_id
    where x.lo < x.hi group by 1, 2
  )
  select o.resource_id, o.location_id, o.service_id, lower(s.span), upper(s.span)
  from opening o left join closing c on c.resource_id = o.resource_id and c.location_id = o.location_id
  cross join lateral unnest(case when c.spans is null then o.spans else o.spans - c.spans end) as s (span)
  order by 1, 4;
end $$;
grant execute on function clinic.open_hours to chevet_staff;

-- The agenda between two days, and one line in the journal with the ids of the visits whose names are shown. `refresh`: the view
-- reads again by itself, and only what this session has not been shown since `told_since` (the lowest id of that instant) is told.
create function clinic.read_agenda(
  clinic uuid, from_date date, until_date date, at_location uuid, of_resources uuid[],
  event_id uuid, event_name text, session uuid, agent_role text, request uuid, address inet, ground text, refresh boolean, told_since uuid
) returns json language plpgsql set search_path = pg_catalog set jit = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  zone text;
  from_at timestamptz;
  until_at timestamptz;
  listed json;
  standing uuid[];
  services uuid[];
  shown uuid[];
  told uuid[];
  columns uuid[];
  answer json;
begin
  select c.time_zone into zone from clinic.clinic c where c.clinic_id = clinic;
  -- Wide enough for every zone of the country, and for what began the day before: no sitting is longer than a day.
  from_at := from_date::timestamp at time zone zone - interval '30 hours';
  until_at := (until_date + 1)::timestamp at time zone zone + interval '6 hours';

  with seat as materialized (
    select s.* from clinic.sitting s
    where s.clinic_id = clinic and s.starts_at >= from_at and s.starts_at < until_at
      and s.local_date <= until_date and (s.local_date >= from_date or (s.ends_at at time zone s.time_zone)::date >= from_date)
      and (s.status = 'booked' or (s.status = 'cancelled' and s.kind <> 'block') or (s.status = 'held' and s.hold_expires_at > now()))
      and (at_location is null or s.location_id = at_location)
  ),
  taken as materialized (
    select o.sitting_id, array_agg(o.resource_id order by (o.resource_id = s.resource_id) desc, o.resource_id) as resources,
      bool_or(o.overbooked_by is not null) as overbooked, max(o.overbooking_reason) as reason
    from seat s join clinic.occupancy o on o.clinic_id = clinic and o.sitting_id = s.id group by o.sitting_id
  ),
  visit as materialized (
    select a.sitting_id, json_agg(json_build_object(
        'id', a.id, 'status', a.status, 'flow', a.flow, 'patientId', a.patient_id, 'requestPersonId', a.request_person_id,
        'name', coalesce(p.given_name || ' ' || p.family_name, r.given_name || ' ' || r.family_name, ''), 'roomId', a.room_id,
        'confirmedAt', a.confirmed_at, 'arrivedAt', a.arrived_at, 'roomedAt', a.roomed_at, 'startedAt', a.started_at, 'doneAt', a.done_at,
        'source', a.source, 'reason', a.reason, 'cancelledBy', a.cancelled_by, 'version', a.version,
        'newPatient', case when a.patient_id is null then coalesce(r.new_patient, true)
          else not exists (select from clinic.appointment e where e.clinic_id = clinic and e.patient_id = a.patient_id and e.status = 'fulfilled' and e.id <> a.id) end
      ) order by a.created_at, a.id) as appointments, array_agg(a.id) as ids
    from seat s join clinic.appointment a on a.clinic_id = clinic and a.sitting_id = s.id
    left join clinic.patient p on p.clinic_id = clinic and p.id = a.patient_id
    left join clinic.request_person r on r.clinic_id = clinic and r.id = a.request_person_id
    -- Whom a restriction closes is not shown through their visit either, whatever the visit's own category.
    where a.status <> 'entered-in-error' and (a.patient_id is null or p.id is not null)
    group by a.sitting_id
  ),
  entry as materialized (
    select s.*, t.resources, t.overbooked, t.reason, v.appointments, v.ids
    from seat s left join taken t on t.sitting_id = s.id left join visit v on v.sitting_id = s.id
    where of_resources is null or s.resource_id = any (of_resources) or t.resources && of_resources
  )
  select coalesce(json_agg(json_build_object(
      'id', e.id, 'kind', e.kind, 'status', e.status, 'serviceId', e.service_id, 'title', e.title, 'locationId', e.location_id,
      'resourceId', e.resource_id, 'resourceIds', coalesce(e.resources, '{}'), 'mode', e.mode, 'localDate', e.local_date, 'localMinute', e.local_minute,
      'timeZone', e.time_zone, 'durationMinutes', e.duration_minutes, 'bufferBeforeMinutes', e.buffer_before_minutes,
      'bufferAfterMinutes', e.buffer_after_minutes, 'startsAt', e.starts_at, 'endsAt', e.ends_at, 'capacity', e.capacity,
      'seriesId', e.series_id, 'seriesIndex', e.series_index, 'overbooked', coalesce(e.overbooked, false), 'overbookReason', e.reason,
      'version', e.version, 'appointments', coalesce(e.appointments, '[]')
    ) order by e.starts_at, e.id), '[]'),
    array_agg(distinct e.resource_id), array_agg(distinct e.service_id)
    into listed, standing, services from entry e;

  shown := array(
    select (a ->> 'id')::uuid from json_array_elements(listed) s, json_array_elements(s -> 'appointments') a);

  columns := array(
    select r.id from clinic.resource r left join clinic.practitioner p on p.clinic_id = clinic and p.id = r.practitioner_id
    where r.clinic_id = clinic and (of_resources is null or r.id = any (of_resources))
      and (r.id = any (standing) or (r.status = 'active' and coalesce(p.status, 'active') = 'active'))
    order by r.id limit 500);

  answer := json_build_object(
    'timeZone', zone, 'today', (now() at time zone zone)::date, 'now', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'stamp', coalesce((select t.stamp from clinic.schedule_stamp t where t.clinic_id = clinic), 0),
    'waitLimitMinutes', coalesce((select b.wait_limit_minutes from clinic.booking_policy b where b.clinic_id = clinic), 20),
    'locations', (
      select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'timeZone', l.time_zone, 'status', l.status) order by l.status, l.name, l.id), '[]')
      from clinic.location l where l.clinic_id = clinic),
    'resources', (
      select coalesce(json_agg(json_build_object(
          'id', r.id, 'kind', r.kind, 'type', r.type, 'locationId', r.location_id, 'profession', p.profession,
          'name', case when p.id is null then r.name else btrim(p.prefix || ' ' || p.given_name || ' ' || p.family_name) end,
          'status', case when r.status = 'active' and coalesce(p.status, 'active') = 'active' then 'active' else 'inactive' end
        ) order by r.kind = 'device', r.kind = 'room', p.family_name, p.given_name, r.name, r.id), '[]')
      from clinic.resource r left join clinic.practitioner p on p.clinic_id = clinic and p.id = r.practitioner_id
      where r.clinic_id = clinic and (r.id = any (columns) or of_resources is not null and (r.status = 'active' and coalesce(p.status, 'active') = 'active'))),
    'services', (
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
      where h.clinic_id = clinic and (h.status = 'active' or h.id = any (services))),
    'open', (
      select coalesce(json_agg(json_build_object(
        'resourceId', o.resource_id, 'locationId', o.location_id, 'startsAt', o.starts_at, 'endsAt', o.ends_at, 'serviceId', o.service_id)), '[]')
      from clinic.open_hours(clinic, columns, at_location, from_date, until_date) o),
    'exceptions', (
      select coalesce(json_agg(json_build_object(
          'id', e.id, 'resourceId', e.resource_id, 'locationId', e.location_id, 'kind', e.kind, 'reason', e.reason, 'title', e.title,
          'startsAt', e.starts_at, 'endsAt', e.ends_at) order by e.starts_at, e.id), '[]')
      from clinic.schedule_exception e
      where e.clinic_id = clinic and e.status = 'active' and e.ends_at > from_date::timestamp at time zone zone and e.starts_at < (until_date + 1)::timestamp at time zone zone
        and (e.resource_id is null or e.resource_id = any (columns)) and (at_location is null or e.location_id is null or e.location_id = at_location)),
    'sittings', listed);

  if refresh then
    told := array(
      select distinct unnest(e.entity_ids) from clinic.audit_event e
      where e.clinic_id = clinic and e.agent_id = nullif(current_setting('app.user_id', true), '')::uuid and e.id >= told_since
        and e.session_id = session and e.event = event_name and e.outcome = 'success');
    shown := array(select i from unnest(shown) as u (i) where i <> all (told));
    if cardinality(shown) = 0 and cardinality(told) > 0 then return answer; end if;
  end if;
  insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, agent_id, agent_role, session_id, request_id, address, ground, detail)
  values (clinic, event_id, event_name, 'R', 'Appointment', shown, nullif(current_setting('app.user_id', true), '')::uuid, agent_role, session, request, address, ground,
    jsonb_build_object('from', from_date, 'until', until_date));
  return answer;
end $$;
grant execute on function clinic.read_agenda to chevet_staff;
