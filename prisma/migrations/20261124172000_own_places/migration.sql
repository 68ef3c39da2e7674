-- A member who is limited to some places sees the visits of those places and no others: their agenda, their board, their lists. What says when
-- and where (the sitting), and what is worked through by place (waits, freed times, offers, messages), is sealed by the place as by the clinic;
-- an appointment without its sitting is shown by nobody. Occupancy stays whole: who works at two places is taken at both.
-- `app.locations` is set by reference.enter from the membership, and by nothing else; absent, it is every place, as for the worker.

create or replace function reference.enter(
  as_role text,
  clinic uuid default null,
  person uuid default null,
  patient uuid default null,
  request uuid default null,
  glass uuid default null,
  session_hash bytea default null,
  token_hash bytea default null,
  secret uuid default null,
  email text default null,
  slug text default null
) returns void language plpgsql set search_path = '' as $$
declare
  member_role text;
  denied text;
  places uuid[];
  opened uuid;
  offer record;
begin
  if as_role not in ('staff', 'patient', 'visitor', 'auth', 'registrar', 'host', 'billing', 'relay', 'sealer', 'mover') then
    raise exception 'no such role' using errcode = 'insufficient_privilege';
  end if;
  if as_role in ('staff', 'patient', 'visitor', 'registrar', 'sealer', 'mover') and clinic is null then
    raise exception 'a clinic is needed' using errcode = 'insufficient_privilege';
  end if;
  if as_role in ('patient') and patient is null or as_role in ('registrar', 'host') and person is null then
    raise exception 'a person is needed' using errcode = 'insufficient_privilege';
  end if;
  -- Only the worker acts for a clinic without a person.
  if as_role = 'staff' and person is null and session_user <> 'chevet_worker' then
    raise exception 'a person is needed' using errcode = 'insufficient_privilege';
  end if;
  -- A key that is not given is taken away: what somebody left on the connection opens nothing.
  if clinic is not null or pg_catalog.current_setting('app.clinic_id', true) <> '' then execute pg_catalog.format('set local app.clinic_id = %L', coalesce(clinic::text, '')); end if;
  if person is not null or pg_catalog.current_setting('app.user_id', true) <> '' then execute pg_catalog.format('set local app.user_id = %L', coalesce(person::text, '')); end if;
  if patient is not null or pg_catalog.current_setting('app.patient_id', true) <> '' then execute pg_catalog.format('set local app.patient_id = %L', coalesce(patient::text, '')); end if;
  if request is not null or pg_catalog.current_setting('app.request_id', true) <> '' then execute pg_catalog.format('set local app.request_id = %L', coalesce(request::text, '')); end if;
  if session_hash is not null or pg_catalog.current_setting('app.session_hash', true) <> '' then execute pg_catalog.format('set local app.session_hash = %L', coalesce(pg_catalog.encode(session_hash, 'hex'), '')); end if;
  if token_hash is not null or pg_catalog.current_setting('app.token_hash', true) <> '' then execute pg_catalog.format('set local app.token_hash = %L', coalesce(pg_catalog.encode(token_hash, 'hex'), '')); end if;
  if secret is not null or pg_catalog.current_setting('app.secret_id', true) <> '' then execute pg_catalog.format('set local app.secret_id = %L', coalesce(secret::text, '')); end if;
  if email is not null or pg_catalog.current_setting('app.email', true) <> '' then execute pg_catalog.format('set local app.email = %L', coalesce(email, '')); end if;
  if slug is not null or pg_catalog.current_setting('app.slug', true) <> '' then execute pg_catalog.format('set local app.slug = %L', coalesce(slug, '')); end if;
  if pg_catalog.current_setting('app.denied', true) <> '' then execute 'set local app.denied = '''''; end if;
  if pg_catalog.current_setting('app.locations', true) <> '' then execute 'set local app.locations = '''''; end if;
  if pg_catalog.current_setting('app.break_glass', true) <> '' then execute 'set local app.break_glass = '''''; end if;
  if pg_catalog.current_setting('app.appointment_id', true) <> '' then execute 'set local app.appointment_id = '''''; end if;
  if pg_catalog.current_setting('app.sitting_id', true) <> '' then execute 'set local app.sitting_id = '''''; end if;
  if as_role = 'mover' then execute 'set local statement_timeout = ''30min'''; end if;
  execute pg_catalog.format('set local role %I', 'chevet_' || as_role);

  if as_role = 'host' then
    perform from host.operator o where o.user_id = person and o.revoked_at is null;
    if not found then
      raise exception 'not an operator' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if as_role = 'staff' and person is not null then
    -- From here on as staff of this clinic: an active member, or nobody; and what patients asked this person not to see.
    select m.role, m.location_ids into member_role, places from identity.membership m where m.clinic_id = clinic and m.user_id = person and m.status = 'active';
    if not found then
      raise exception 'not a member' using errcode = 'insufficient_privilege';
    end if;
    if places is not null then execute pg_catalog.format('set local app.locations = %L', pg_catalog.array_to_string(places, ';')); end if;
    select pg_catalog.string_agg(r.patient_id::text || ':' || r.category || ';', '') into denied
      from clinic.restriction r
      where r.clinic_id = clinic and r.ended_at is null and (r.user_id = person or r.role = member_role)
        and not exists (
          select from clinic.break_glass b
          where b.clinic_id = clinic and b.id = glass and b.user_id = person and b.patient_id = r.patient_id and b.expires_at > pg_catalog.now()
        );
    if denied is not null then execute pg_catalog.format('set local app.denied = %L', denied); end if;
    if glass is not null then execute pg_catalog.format('set local app.break_glass = %L', glass); end if;
  end if;
  if as_role = 'visitor' then
    -- The link of a visit opens that visit, whatever became of the page since; the token of a hold, that hold.
    if token_hash is not null then
      select a.appointment_id into opened from clinic.appointment_access a
        where a.clinic_id = clinic and a.token_hash = enter.token_hash and a.revoked_at is null and a.expires_at > pg_catalog.now();
      if opened is not null then
        execute pg_catalog.format('set local app.appointment_id = %L', opened);
        select p.sitting_id into opened from clinic.appointment p where p.clinic_id = clinic and p.id = opened;
        execute pg_catalog.format('set local app.sitting_id = %L', opened);
        return;
      end if;
      select t.id into opened from clinic.sitting t where t.clinic_id = clinic and t.hold_hash = enter.token_hash and t.status = 'held';
      if opened is not null then execute pg_catalog.format('set local app.sitting_id = %L', opened); end if;
      -- An offer of the waiting list opens the time that it holds, the visit that it would bring forward, and a place for whom it was made to.
      -- Once it is answered, or another had the time, it opens nothing but its own answer.
      select o.sitting_id, o.appointment_id, o.patient_id, t.id as held into offer from clinic.waitlist_offer o
        left join clinic.sitting t on t.clinic_id = clinic and t.id = o.sitting_id and t.status = 'held' and o.status = 'open' and o.expires_at > pg_catalog.now()
        where o.clinic_id = clinic and o.token_hash = enter.token_hash;
      if found then
        if offer.held is null then return; end if;
        execute pg_catalog.format('set local app.sitting_id = %L', offer.held);
        if offer.appointment_id is not null then execute pg_catalog.format('set local app.appointment_id = %L', offer.appointment_id); end if;
        if offer.patient_id is not null then execute pg_catalog.format('set local app.patient_id = %L', offer.patient_id); end if;
        return;
      end if;
      -- A calendar that subscribed, for as long as its address is not revoked.
      perform from clinic.calendar_feed f where f.clinic_id = clinic and f.token_hash = enter.token_hash and f.revoked_at is null;
      if found then return; end if;
    end if;
    -- Otherwise a clinic is seen by nobody before it has published its page and the host has approved it.
    perform from clinic.public_page g, host.clinic_registration r
      where g.clinic_id = clinic and g.published is not null and r.clinic_id = clinic and r.status = 'approved';
    if not found then
      raise exception 'no page' using errcode = 'insufficient_privilege';
    end if;
  end if;
end $$;

do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  placed constant text := $c$ and (nullif(current_setting('app.locations', true), '') is null or position(location_id::text in current_setting('app.locations', true)) > 0)$c$;
  anywhere constant text := $c$ and (nullif(current_setting('app.locations', true), '') is null or location_id is null or position(location_id::text in current_setting('app.locations', true)) > 0)$c$;
begin
  execute format('alter policy staff_read on clinic.sitting using (%s)', own || placed);
  execute format('alter policy staff_write on clinic.sitting with check (%s)', own || placed);
  execute format('alter policy staff_change on clinic.sitting using (%s) with check (%s)', own || placed, own || placed);
  execute format('alter policy staff_clinic on clinic.freed_time using (%s) with check (%s)', own || placed, own || placed);
  execute format('alter policy staff_clinic on clinic.visit_message using (%s) with check (%s)', own || placed, own || placed);
  execute format('alter policy staff_clinic on clinic.waitlist_offer using (%s) with check (%s)', own || unrestricted || placed, own || unrestricted || placed);
  -- Whoever would go anywhere is on everybody's list.
  execute format('alter policy staff_clinic on clinic.waitlist_entry using (%s) with check (%s)', own || unrestricted || anywhere, own || unrestricted || anywhere);
end $$;

-- Otherwise as in 20261124153100_explain: a time that is taken elsewhere is taken.
create or replace function clinic.slot_candidates(
  clinic uuid, service uuid, location uuid, at timestamptz, minutes int, before_minutes int, after_minutes int,
  lead uuid, for_new_patient boolean, moving uuid, as_of timestamptz
) returns table (n int, quantity int, kind text, resource_type text, resource_id uuid, gives boolean, busy int, opens timestamptz[], reasons jsonb)
language plpgsql stable set search_path = pg_catalog set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  ends timestamptz := at + make_interval(mins => minutes);
  taken_from timestamptz := at - make_interval(mins => before_minutes);
  taken_until timestamptz := at + make_interval(mins => minutes + after_minutes);
begin
  return query
  with need as materialized (
    select r.id, r.kind, r.quantity, r.resource_type, (row_number() over (order by r.rank))::int as n
    from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service
  ),
  able as materialized (
    select q.n, q.quantity, q.kind, q.resource_type, e.id, e.location_id, true as gives, (q.n = 1 or q.kind = 'practitioner') as by_hours,
      e.status = 'active' and coalesce(p.status, 'active') = 'active' as active
    from need q
    join clinic.resource e on e.clinic_id = clinic and (
      (q.resource_type <> '' and e.kind = q.kind and e.type = q.resource_type)
      or (q.resource_type = '' and exists (
        select from clinic.service_candidate c where c.clinic_id = clinic and c.requirement_id = q.id and c.resource_id = e.id)))
    left join clinic.practitioner p on p.clinic_id = clinic and p.id = e.practitioner_id
    where q.n = 1 or q.kind = 'practitioner' or (e.kind <> 'practitioner' and e.location_id = location)
  ),
  candidate as materialized (
    select * from able a where a.active or a.id = lead
    union all
    select 1, q.quantity, q.kind, q.resource_type, e.id, e.location_id, false, true, e.status = 'active' and coalesce(p.status, 'active') = 'active'
    from need q join clinic.resource e on e.clinic_id = clinic and e.id = lead
    left join clinic.practitioner p on p.clinic_id = clinic and p.id = e.practitioner_id
    where q.n = 1 and not exists (select from able a where a.id = lead)
  ),
  place as materialized (
    select l.id, l.time_zone, (at at time zone l.time_zone)::date as day from clinic.location l where l.clinic_id = clinic and l.status = 'active'
  ),
  ruled as materialized (
    select r.resource_id, r.location_id, r.kind, r.new_patients,
      (p.day + make_interval(mins => r.from_minute)) at time zone p.time_zone as lo,
      (p.day + make_interval(mins => r.until_minute)) at time zone p.time_zone as hi
    from place p
    join clinic.schedule_rule r on r.clinic_id = clinic and r.location_id = p.id and r.status = 'active'
      and r.weekday = extract(isodow from p.day)::int and r.valid_from <= p.day and (r.valid_until is null or r.valid_until >= p.day)
    where r.resource_id in (select c.id from candidate c where c.by_hours)
      and (r.service_id is null or r.service_id = service) and (r.kind = 'open' or not r.new_patients or for_new_patient)
      and (r.every_weeks = 1 or ((date_trunc('week', p.day)::date - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0)
  ),
  once as materialized (
    select e.resource_id, e.location_id, e.kind, e.reason, e.starts_at as lo, e.ends_at as hi
    from clinic.schedule_exception e
    where e.clinic_id = clinic and e.status = 'active' and e.ends_at > at and e.starts_at < ends and e.starts_at < e.ends_at
  ),
  opening as materialized (
    select u.resource_id, u.location_id, u.lo, u.hi from ruled u where u.kind = 'open'
    union all
    -- Extra hours begin again at midnight.
    select o.resource_id, o.location_id, greatest(o.lo, p.day::timestamp at time zone p.time_zone), least(o.hi, (p.day + 1)::timestamp at time zone p.time_zone)
    from once o join place p on p.id = o.location_id where o.kind = 'open'
  ),
  holding as materialized (
    select o.resource_id, o.location_id, o.lo from opening o where o.lo <= at and o.hi >= ends
  ),
  reason as materialized (
    select c.n, c.id, 1 as weight, 'inactive' as code, null::timestamptz as lo, null::timestamptz as hi, null::uuid as sitting from candidate c where not c.active
    union all
    select c.n, c.id, 2, 'service', null, null, null from candidate c where not c.gives
    union all
    select c.n, c.id, 3, case when exists (select from holding h where h.resource_id = c.id and h.location_id <> location) then 'location' else 'hours' end, null, null, null
    from candidate c where c.by_hours and not exists (select from holding h where h.resource_id = c.id and h.location_id = location)
    union all
    select c.n, c.id, 4, case when u.new_patients then 'new-patients' else 'closed' end, u.lo, u.hi, null
    from candidate c join ruled u on u.resource_id = c.id and u.location_id = location and u.kind = 'closed'
    where c.by_hours and u.lo < u.hi and u.lo < ends and u.hi > at
    union all
    select c.n, c.id, 5, case when o.reason in ('leave', 'holiday') then o.reason else 'closure' end, o.lo, o.hi, null
    from candidate c join once o on o.kind = 'closed' and case when c.by_hours
      then (o.resource_id is null or o.resource_id = c.id) and (o.location_id is null or o.location_id = location)
      else o.resource_id = c.id and (o.location_id is null or o.location_id = c.location_id) end
    union all
    select c.n, c.id, 6,
      case when s.ends_at <= at or s.starts_at >= ends then 'buffer' when o.kind = 'hold' then 'hold' when o.kind = 'block' then 'block' else 'busy' end,
      -- Of a visit at a place that is not theirs to see, staff learn that the time is taken, buffers and all.
      coalesce(s.starts_at, o.starts_at), coalesce(s.ends_at, o.ends_at), s.id
    from candidate c
    join clinic.occupancy o on o.clinic_id = clinic and o.resource_id = c.id
      -- No sitting is longer than a day and its buffers, which bounds the index on both sides.
      and o.starts_at < taken_until and o.starts_at > taken_from - interval '2 days' and o.ends_at > taken_from
    left join clinic.sitting s on s.clinic_id = clinic and s.id = o.sitting_id
    where o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
  )
  select c.n, c.quantity, c.kind, c.resource_type, c.id, c.gives,
    (select count(*)::int from clinic.occupancy o where o.clinic_id = clinic and o.resource_id = c.id
      and o.starts_at between at - interval '12 hours' and at + interval '12 hours'),
    array(select h.lo from holding h where h.resource_id = c.id and h.location_id = location),
    coalesce(t.reasons, '[]')
  from candidate c
  left join (
    select r.n, r.id, jsonb_agg(jsonb_build_object('code', r.code, 'resourceId', r.id, 'from', r.lo, 'until', r.hi, 'sittingId', r.sitting,
      'needed', null, 'free', null, 'resourceType', null) order by r.weight, r.lo, r.sitting) as reasons
    from reason r group by r.n, r.id
  ) t on t.n = c.n and t.id = c.id;
end $$;

-- Otherwise as in 20261124153000_agenda: the places, rooms, hours and closures of whoever reads, and until when a time is held.
create or replace function clinic.read_agenda(
  clinic uuid, from_date date, until_date date, at_location uuid, of_resources uuid[],
  event_id uuid, event_name text, session uuid, agent_role text, request uuid, address inet, ground text, refresh boolean, told_since uuid
) returns json language plpgsql set search_path = pg_catalog set jit = off set plan_cache_mode = force_generic_plan as $$
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
  -- Where this person works; null for everywhere.
  places constant uuid[] := string_to_array(nullif(current_setting('app.locations', true), ''), ';')::uuid[];
begin
  select c.time_zone into zone from clinic.clinic c where c.clinic_id = clinic;
  -- Wide enough for every zone of the country, and for what began the day before: no sitting is longer than a day.
  from_at := from_date::timestamp at time zone zone - interval '30 hours';
  until_at := (until_date + 1)::timestamp at time zone zone + interval '6 hours';

  with entry as materialized (
    select s.*, t.resources, t.overbooked, t.reason, v.appointments, v.ids
    from clinic.sitting s
    -- One look by index for each sitting, however many there are: the planner cannot guess.
    cross join lateral (
      select array_agg(o.resource_id order by (o.resource_id = s.resource_id) desc, o.resource_id) as resources,
        bool_or(o.overbooked_by is not null) as overbooked, max(o.overbooking_reason) as reason
      from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = s.id
    ) t
    cross join lateral (
      select array_agg(a.id) as ids, json_agg(json_build_object(
          'id', a.id, 'status', a.status, 'flow', a.flow, 'patientId', a.patient_id, 'requestPersonId', a.request_person_id,
          'name', coalesce(p.given_name || ' ' || p.family_name, r.given_name || ' ' || r.family_name, ''), 'roomId', a.room_id,
          'confirmedAt', a.confirmed_at, 'arrivedAt', a.arrived_at, 'roomedAt', a.roomed_at, 'startedAt', a.started_at, 'doneAt', a.done_at,
          'source', a.source, 'reason', a.reason, 'cancelledBy', a.cancelled_by, 'version', a.version,
          'newPatient', case when a.patient_id is null then coalesce(r.new_patient, true)
            else not exists (select from clinic.appointment e where e.clinic_id = clinic and e.patient_id = a.patient_id and e.status = 'fulfilled' and e.id <> a.id) end
        ) order by a.created_at, a.id) as appointments
      from clinic.appointment a
      left join clinic.patient p on p.clinic_id = clinic and p.id = a.patient_id
      left join clinic.request_person r on r.clinic_id = clinic and r.id = a.request_person_id
      -- Whom a restriction closes is not shown through their visit either, whatever the visit's own category.
      where a.clinic_id = clinic and a.sitting_id = s.id and a.status <> 'entered-in-error' and (a.patient_id is null or p.id is not null)
    ) v
    where s.clinic_id = clinic and s.starts_at >= from_at and s.starts_at < until_at
      -- In each place's own days; + 0 keeps the index of instants.
      and s.local_date + 0 <= until_date and (s.local_date + 0 >= from_date or (s.ends_at at time zone s.time_zone)::date >= from_date)
      and (s.status = 'booked' or (s.status = 'cancelled' and s.kind <> 'block') or (s.status = 'held' and s.hold_expires_at > now()))
      and (at_location is null or s.location_id = at_location)
      and (of_resources is null or s.resource_id = any (of_resources) or t.resources && of_resources)
  )
  select coalesce(json_agg(json_build_object(
      'id', e.id, 'kind', e.kind, 'status', e.status, 'serviceId', e.service_id, 'title', e.title, 'locationId', e.location_id,
      'resourceId', e.resource_id, 'resourceIds', coalesce(e.resources, '{}'), 'mode', e.mode, 'localDate', e.local_date, 'localMinute', e.local_minute,
      'timeZone', e.time_zone, 'durationMinutes', e.duration_minutes, 'bufferBeforeMinutes', e.buffer_before_minutes,
      'bufferAfterMinutes', e.buffer_after_minutes, 'startsAt', e.starts_at, 'endsAt', e.ends_at, 'capacity', e.capacity, 'heldUntil', e.hold_expires_at,
      'seriesId', e.series_id, 'seriesIndex', e.series_index, 'overbooked', coalesce(e.overbooked, false), 'overbookReason', e.reason,
      'version', e.version, 'appointments', coalesce(e.appointments, '[]')
    ) order by e.starts_at, e.id), '[]'),
    array_agg(distinct e.resource_id), array_agg(distinct e.service_id),
    array(select i from entry n cross join lateral unnest(n.ids) as i)
    into listed, standing, services, shown from entry e;

  columns := array(
    select r.id from clinic.resource r left join clinic.practitioner p on p.clinic_id = clinic and p.id = r.practitioner_id
    where r.clinic_id = clinic and (of_resources is null or r.id = any (of_resources))
      and (places is null or r.location_id is null or r.location_id = any (places))
      and (r.id = any (standing) or (r.status = 'active' and coalesce(p.status, 'active') = 'active'))
    order by r.id limit 500);

  answer := json_build_object(
    'timeZone', zone, 'today', (now() at time zone zone)::date, 'now', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'stamp', coalesce((select t.stamp from clinic.schedule_stamp t where t.clinic_id = clinic), 0),
    'waitLimitMinutes', coalesce((select b.wait_limit_minutes from clinic.booking_policy b where b.clinic_id = clinic), 20),
    'locations', (
      select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'timeZone', l.time_zone, 'status', l.status) order by l.status, l.name, l.id), '[]')
      from clinic.location l where l.clinic_id = clinic and (places is null or l.id = any (places))),
    'resources', (
      select coalesce(json_agg(json_build_object(
          'id', r.id, 'kind', r.kind, 'type', r.type, 'locationId', r.location_id, 'profession', p.profession,
          'name', case when p.id is null then r.name else btrim(p.prefix || ' ' || p.given_name || ' ' || p.family_name) end,
          'status', case when r.status = 'active' and coalesce(p.status, 'active') = 'active' then 'active' else 'inactive' end
        ) order by r.kind = 'device', r.kind = 'room', p.family_name, p.given_name, r.name, r.id), '[]')
      from clinic.resource r left join clinic.practitioner p on p.clinic_id = clinic and p.id = r.practitioner_id
      where r.clinic_id = clinic and (places is null or r.location_id is null or r.location_id = any (places))
        and (r.id = any (columns) or of_resources is not null and (r.status = 'active' and coalesce(p.status, 'active') = 'active'))),
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
      from clinic.open_hours(clinic, columns, at_location, from_date, until_date) o where places is null or o.location_id = any (places)),
    'exceptions', (
      select coalesce(json_agg(json_build_object(
          'id', e.id, 'resourceId', e.resource_id, 'locationId', e.location_id, 'kind', e.kind, 'reason', e.reason, 'title', e.title,
          'startsAt', e.starts_at, 'endsAt', e.ends_at) order by e.starts_at, e.id), '[]')
      from clinic.schedule_exception e
      where e.clinic_id = clinic and e.status = 'active' and e.ends_at > from_date::timestamp at time zone zone and e.starts_at < (until_date + 1)::timestamp at time zone zone
        and (e.resource_id is null or e.resource_id = any (columns)) and (at_location is null or e.location_id is null or e.location_id = at_location)
        and (places is null or e.location_id is null or e.location_id = any (places))),
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

-- Otherwise as in 20261124153200_read_appointment.
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
