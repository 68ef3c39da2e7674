-- Availability, in one round trip: open hours less what is closed and what is taken. It reads occupancy, never a chart.

-- When nothing is taken, as the instants at which a visit may begin: between one sitting and the next, less what the visit needs
-- around itself, within the window. What blocks a resource never overlaps (occupancy_once), so the gaps are read off in order.
create function clinic.free_gaps(
  clinic uuid, resources uuid[], from_at timestamptz, until_at timestamptz, minutes int, before_minutes int, after_minutes int, moving uuid, as_of timestamptz
) returns table (resource_id uuid, lo timestamptz, hi timestamptz)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  ahead constant interval := make_interval(mins => minutes + after_minutes);
  behind constant interval := make_interval(mins => before_minutes);
begin
  return query
  with taken as materialized (
    -- Two lists in order, the one against the other a place further on: a third of the work of a window function.
    select o.resource_id, array_agg(o.starts_at order by o.starts_at) as starts, array_agg(o.ends_at order by o.starts_at) as ends
    from clinic.occupancy o
    -- No sitting is longer than a day and its buffers, which bounds the index on both sides.
    where o.clinic_id = clinic and o.resource_id = any (resources)
      and o.starts_at < until_at + interval '2 days' and o.starts_at > from_at - interval '2 days'
      and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
    group by o.resource_id
  )
  select r.id, greatest(g.lo + behind, from_at), least(g.hi - ahead, until_at)
  from unnest(resources) as r (id)
  left join taken t on t.resource_id = r.id
  cross join lateral unnest(timestamptz '-infinity' || t.ends, t.starts || timestamptz 'infinity') as g (lo, hi)
  where g.lo < g.hi and g.lo + behind <= g.hi - ahead and g.lo + behind <= until_at and g.hi - ahead >= from_at;
end $$;
grant execute on function clinic.free_gaps to chevet_staff, chevet_visitor;

-- The instants at which one visit of a service may begin, opening by opening: [open, close − length] where nothing is taken, less
-- what is closed. Only ranges are compared here; the grid comes after.
create function clinic.free_starts(
  clinic uuid, service uuid, resources uuid[], locations uuid[], from_at timestamptz, until_at timestamptz,
  minutes int, before_minutes int, after_minutes int, for_new_patient boolean, moving uuid, as_of timestamptz
) returns table (resource_id uuid, location_id uuid, opens_at timestamptz, starts tstzmultirange)
language plpgsql stable set search_path = pg_catalog
-- The planner cannot guess how many openings a week of rules makes; hashes are right for few and for many.
set enable_mergejoin = off set enable_nestloop = off as $$
#variable_conflict use_column
declare
  length constant interval := make_interval(mins => minutes);
begin
  return query
  with place as materialized (
    select l.id, l.time_zone from clinic.location l where l.clinic_id = clinic and l.status = 'active' and (locations is null or l.id = any (locations))
  ),
  -- The days of the window at each place. On most of them midnight and minutes make the hour; when the clocks change, the zone does.
  calendar as materialized (
    select p.id as location_id, p.time_zone, d.day, extract(isodow from d.day)::int as weekday, date_trunc('week', d.day)::date as week,
      d.day::timestamp at time zone p.time_zone as midnight,
      ((d.day + 1)::timestamp at time zone p.time_zone) - (d.day::timestamp at time zone p.time_zone) = interval '24 hours' as plain
    from place p
    cross join lateral (
      select (from_at at time zone p.time_zone)::date + g.n as day
      from generate_series(0, (until_at at time zone p.time_zone)::date - (from_at at time zone p.time_zone)::date) as g (n)
    ) d
  ),
  ruled as materialized (
    select r.resource_id, r.location_id, r.kind, c.day,
      case when c.plain then c.midnight + r.from_minute * interval '1 minute' else (c.day + make_interval(mins => r.from_minute)) at time zone c.time_zone end as lo,
      case when c.plain then c.midnight + r.until_minute * interval '1 minute' else (c.day + make_interval(mins => r.until_minute)) at time zone c.time_zone end as hi
    from calendar c
    join clinic.schedule_rule r on r.clinic_id = clinic and r.location_id = c.location_id and r.resource_id = any (resources) and r.status = 'active'
      and r.weekday = c.weekday and r.valid_from <= c.day and (r.valid_until is null or r.valid_until >= c.day)
    where (r.service_id is null or r.service_id = service) and (r.kind = 'open' or not r.new_patients or for_new_patient)
      and (r.every_weeks = 1 or ((c.week - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0)
  ),
  once as materialized (
    select e.resource_id, e.location_id, e.kind, e.starts_at as lo, e.ends_at as hi
    from clinic.schedule_exception e
    -- In the spring's gap an hour may end before it begins: it is none.
    where e.clinic_id = clinic and e.status = 'active' and e.ends_at > from_at and e.starts_at < until_at + interval '2 days' and e.starts_at < e.ends_at
      and (e.resource_id is null or e.resource_id = any (resources)) and (locations is null or e.location_id is null or e.location_id = any (locations))
  ),
  opening as materialized (
    select u.resource_id, u.location_id, u.day, u.lo, u.hi from ruled u where u.kind = 'open'
    union all
    -- Extra hours, day by day when they are longer than one.
    select o.resource_id, o.location_id, c.day, greatest(o.lo, c.midnight), least(o.hi, (c.day + 1)::timestamp at time zone c.time_zone)
    from once o join calendar c on c.location_id = o.location_id and o.lo < (c.day + 1)::timestamp at time zone c.time_zone and o.hi > c.midnight
    where o.kind = 'open'
  ),
  closed_day as materialized (
    select u.resource_id, u.location_id, u.day, range_agg(tstzrange(u.lo - length, u.hi, '()')) as spans
    from ruled u where u.kind = 'closed' and u.lo < u.hi group by 1, 2, 3
  ),
  closed_once as materialized (
    select w.resource_id, w.location_id, range_agg(tstzrange(o.lo - length, o.hi, '()')) as spans
    from (select distinct p.resource_id, p.location_id from opening p) w
    join once o on o.kind = 'closed' and (o.resource_id is null or o.resource_id = w.resource_id) and (o.location_id is null or o.location_id = w.location_id)
    group by 1, 2
  )
  select o.resource_id, o.location_id, o.opens_at,
    case when c.spans is null and x.spans is null then tstzmultirange(o.free) else tstzmultirange(o.free) - coalesce(c.spans, '{}') - coalesce(x.spans, '{}') end
  from (
    select p.resource_id, p.location_id, p.day, p.opens_at, tstzrange(greatest(p.lo, g.lo), least(p.hi, g.hi), '[]') as free
    -- Openings meet gaps by the days (UTC) that both have, on the first of them only: never each with each.
    from (
      select *, generate_series(r.first_day, (r.hi at time zone 'UTC')::date - date '2000-01-01') as utc_day
      from (
        select e.resource_id, e.location_id, e.day, e.lo as opens_at, v.lo, v.hi, (v.lo at time zone 'UTC')::date - date '2000-01-01' as first_day
        from opening e cross join lateral (select greatest(e.lo, from_at) as lo, least(e.hi - length, until_at) as hi) v
        where v.lo <= v.hi
      ) r
    ) p
    join (
      select *, generate_series(r.first_day, (r.hi at time zone 'UTC')::date - date '2000-01-01') as utc_day
      from (
        select f.*, (f.lo at time zone 'UTC')::date - date '2000-01-01' as first_day
        from clinic.free_gaps(clinic, resources, from_at, until_at, minutes, before_minutes, after_minutes, moving, as_of) f
      ) r
    ) g on g.resource_id = p.resource_id and g.utc_day = p.utc_day and p.utc_day = greatest(p.first_day, g.first_day)
    where greatest(p.lo, g.lo) <= least(p.hi, g.hi)
  ) o
  left join closed_day c on c.resource_id = o.resource_id and c.location_id = o.location_id and c.day = o.day
  left join closed_once x on x.resource_id = o.resource_id and x.location_id = o.location_id;
end $$;
grant execute on function clinic.free_starts to chevet_staff, chevet_visitor;

-- Rooms and devices: free whenever nothing takes or closes them. Shape: one row per resource.
create function clinic.unruled_starts(
  clinic uuid, resources uuid[], from_at timestamptz, until_at timestamptz, minutes int, before_minutes int, after_minutes int, moving uuid, as_of timestamptz
) returns table (resource_id uuid, location_id uuid, starts tstzmultirange)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  length constant interval := make_interval(mins => minutes);
begin
  return query
  select r.id, r.location_id, g.gaps - coalesce(x.spans, '{}')
  from clinic.resource r
  join (
    select f.resource_id, range_agg(tstzrange(f.lo, f.hi, '[]')) as gaps
    from clinic.free_gaps(clinic, resources, from_at, until_at, minutes, before_minutes, after_minutes, moving, as_of) f
    group by f.resource_id
  ) g on g.resource_id = r.id
  left join (
    select e.resource_id, range_agg(tstzrange(e.starts_at - length, e.ends_at, '()')) as spans
    from clinic.schedule_exception e
    join clinic.resource w on w.clinic_id = clinic and w.id = e.resource_id and (e.location_id is null or e.location_id = w.location_id)
    where e.clinic_id = clinic and e.status = 'active' and e.kind = 'closed' and e.resource_id = any (resources)
      and e.ends_at > from_at and e.starts_at < until_at + interval '2 days' and e.starts_at < e.ends_at
    group by e.resource_id
  ) x on x.resource_id = r.id
  where r.clinic_id = clinic and r.id = any (resources) and r.status = 'active' and r.kind <> 'practitioner';
end $$;
grant execute on function clinic.unruled_starts to chevet_staff, chevet_visitor;

-- For each requirement of a service, who could meet it and from which instants. Shape: requirement's place in the order, how many
-- of them are needed together, and a candidate's ranges of starts at one location.
create function clinic.candidate_starts(
  clinic uuid, service uuid, from_at timestamptz, until_at timestamptz, wanted uuid[], locations uuid[],
  for_new_patient boolean, moving uuid, as_of timestamptz
) returns table (n int, quantity int, resource_id uuid, location_id uuid, opens_at timestamptz, starts tstzmultirange)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  s record;
  q record;
  candidates uuid[];
begin
  select h.duration_minutes, h.buffer_before_minutes, h.buffer_after_minutes into s
    from clinic.healthcare_service h where h.clinic_id = clinic and h.id = service and h.status = 'active';
  if not found then return; end if;
  for q in
    select r.id, r.kind, r.quantity, r.resource_type, (row_number() over (order by r.rank))::int as n
    from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service order by r.rank
  loop
    candidates := array(
      select e.id from clinic.service_candidate c
      join clinic.resource e on e.clinic_id = clinic and e.id = c.resource_id and e.status = 'active'
      left join clinic.practitioner p on p.clinic_id = clinic and p.id = e.practitioner_id
      where q.resource_type = '' and c.clinic_id = clinic and c.requirement_id = q.id and (e.practitioner_id is null or p.status = 'active')
      union all
      select e.id from clinic.resource e
      where q.resource_type <> '' and e.clinic_id = clinic and e.kind = q.kind and e.type = q.resource_type and e.status = 'active');
    if q.n = 1 and q.quantity = 1 and wanted is not null then
      candidates := array(select unnest(candidates) intersect select unnest(wanted));
    end if;
    if q.n = 1 or q.kind = 'practitioner' then
      return query select q.n, q.quantity, f.resource_id, f.location_id, f.opens_at, f.starts
        from clinic.free_starts(clinic, service, candidates, locations, from_at, until_at, s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, for_new_patient, moving, as_of) f;
    else
      return query select q.n, q.quantity, f.resource_id, f.location_id, null::timestamptz, f.starts
        from clinic.unruled_starts(clinic, candidates, from_at, until_at, s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, moving, as_of) f;
    end if;
  end loop;
end $$;
grant execute on function clinic.candidate_starts to chevet_staff, chevet_visitor;

-- The times that a service offers, in order. Each requirement is met by enough candidates that are free together at one location; the
-- first requirement's own candidate is where the visit stands (`wanted` narrows it). `moving` is a sitting that frees its own
-- time. `staff` passes by notice, horizon and the daily limit. A service for groups offers the sittings that have a place left.
create function clinic.find_slots(
  clinic uuid, service uuid, from_at timestamptz, until_at timestamptz, wanted uuid[], locations uuid[],
  for_new_patient boolean, staff boolean, moving uuid, as_of timestamptz, row_limit int
) returns table (starts_at timestamptz, resource_id uuid, location_id uuid, sitting_id uuid)
language plpgsql stable set search_path = pg_catalog set enable_mergejoin = off
-- One plan serves every call, here and below; planning again costs as much as the search. Compiling it would take seconds: the
-- planner, who cannot count what functions return, believes that it is in for a long one.
set plan_cache_mode = force_generic_plan set jit = off as $$
#variable_conflict use_column
declare
  s record;
  first_at timestamptz := from_at;
  last_at timestamptz := until_at;
  step interval;
  needs int;
  most int;
begin
  select h.step_minutes, h.notice_minutes, h.horizon_days, h.daily_limit, h.capacity
    into s from clinic.healthcare_service h where h.clinic_id = clinic and h.id = service and h.status = 'active';
  if not found then return; end if;
  step := make_interval(mins => s.step_minutes);
  if not staff then
    first_at := greatest(first_at, as_of + make_interval(mins => s.notice_minutes));
    -- Hours, which are as long in every zone.
    last_at := least(last_at, as_of + make_interval(hours => 24 * s.horizon_days));
  end if;
  if first_at > last_at then return; end if;

  if s.capacity > 1 then
    return query
    select t.starts_at, t.resource_id, t.location_id, t.id from clinic.sitting t
    where t.clinic_id = clinic and t.service_id = service and t.kind = 'group' and t.status = 'booked'
      and t.local_date between (first_at at time zone 'UTC')::date - 1 and (last_at at time zone 'UTC')::date + 1
      and t.starts_at between first_at and last_at
      and (wanted is null or t.resource_id = any (wanted)) and (locations is null or t.location_id = any (locations))
      and (select count(*) from clinic.place p where p.clinic_id = clinic and p.sitting_id = t.id) < t.capacity
    order by 1, 2 limit row_limit;
    return;
  end if;

  select count(*), max(r.quantity) into needs, most from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service;
  return query
  with could as materialized (
    select * from clinic.candidate_starts(clinic, service, first_at, last_at, wanted, locations, for_new_patient, moving, as_of)
  ),
  spans as materialized (
    select c.resource_id, c.location_id, c.opens_at, unnest(c.starts) as span from could c
    where c.n = 1 and (wanted is null or c.resource_id = any (wanted))
  ),
  -- Times stand at whole steps from the opening: 8 h 10, 8 h 30, 8 h 50.
  grid as materialized (
    select distinct g.resource_id, g.location_id, g.at from (
      select p.resource_id, p.location_id,
        generate_series(date_bin(step, lower(p.span) + step - interval '1 microsecond', p.opens_at), upper(p.span), step) as at
      from spans p
    ) g
  ),
  -- The others that are needed at the same time, as one row per candidate.
  beside as materialized (
    select c.n, c.resource_id, c.location_id, range_agg(c.starts) as starts
    from could c where (needs > 1 or most > 1) and (c.n > 1 or c.quantity > 1) group by 1, 2, 3
  ),
  full_day as materialized (
    select t.resource_id, t.local_date from clinic.sitting t
    where not staff and s.daily_limit is not null and t.clinic_id = clinic and t.service_id = service and t.kind = 'visit'
      and t.local_date between (first_at at time zone 'UTC')::date - 1 and (last_at at time zone 'UTC')::date + 1
      and (t.status = 'booked' or (t.status = 'held' and t.hold_expires_at > as_of)) and (moving is null or t.id <> moving)
    group by 1, 2 having count(*) >= s.daily_limit
  ),
  -- One person may be able to meet two requirements, and cannot meet both at once. By Hall's theorem everybody finds their own
  -- when every set of requirements has as many candidates, together, as it asks for; where no candidate is shared, one by one is enough.
  asked as materialized (
    select array_agg(q.n) as ns, sum(q.quantity)::int as enough, count(*) = 1 and sum(q.quantity) = 1 and min(q.n) > 1 and not k.shared as any_does
    from generate_series(1, (1 << needs) - 1) as m (mask)
    join (
      select (row_number() over (order by r.rank))::int as n, r.quantity - (row_number() over (order by r.rank) = 1)::int as quantity
      from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service
    ) q on (m.mask >> (q.n - 1)) & 1 = 1
    cross join (select exists (select from could c group by c.resource_id having count(distinct c.n) > 1) as shared) k
    where needs > 1 or most > 1
    group by m.mask, k.shared having sum(q.quantity) > 0 and (count(*) = 1 or k.shared)
  ),
  anybody as materialized (
    select b.n, b.location_id, range_agg(b.starts) as starts from beside b
    where exists (select from asked a where a.any_does and a.ns[1] = b.n) group by 1, 2
  )
  select g.at, g.resource_id, g.location_id, null::uuid
  from grid g
  where not exists (
      select from asked a
      where case when a.any_does
        then not exists (select from anybody y where y.n = a.ns[1] and y.location_id = g.location_id and g.at <@ y.starts)
        else (
          select count(*) from (
            select distinct b.resource_id from beside b
            where b.n = any (a.ns) and b.location_id = g.location_id and b.resource_id <> g.resource_id and g.at <@ b.starts
          ) d
        ) < a.enough end)
    and (not exists (select from full_day) or not exists (
      select from full_day f join clinic.location l on l.clinic_id = clinic and l.id = g.location_id
      where f.resource_id = g.resource_id and f.local_date = (g.at at time zone l.time_zone)::date))
  order by g.at, g.resource_id, g.location_id limit row_limit;
end $$;
grant execute on function clinic.find_slots to chevet_staff, chevet_visitor;

-- The first time that is free, within a week if there is one, else within a month, else as far as `until_at`: most of the time the week
-- is enough, and a week is cheap. Shape: one row of find_slots, or none.
create function clinic.next_slot(
  clinic uuid, service uuid, from_at timestamptz, until_at timestamptz, wanted uuid[], locations uuid[], for_new_patient boolean, staff boolean, as_of timestamptz
) returns table (starts_at timestamptz, resource_id uuid, location_id uuid, sitting_id uuid)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  first_at timestamptz := from_at;
  last_at timestamptz;
  hours int;
begin
  -- What notice keeps away is not searched.
  if not staff then
    select greatest(from_at, as_of + make_interval(mins => h.notice_minutes)) into first_at
      from clinic.healthcare_service h where h.clinic_id = clinic and h.id = service;
  end if;
  foreach hours in array array[168, 744, null] loop
    -- Nothing is least with null: the last time, as far as it goes.
    last_at := least(until_at, from_at + make_interval(hours => hours));
    if last_at < first_at then
      continue when last_at < until_at;
      return;
    end if;
    return query select * from clinic.find_slots(clinic, service, first_at, last_at, wanted, locations, for_new_patient, staff, null, as_of, 1);
    if found or last_at >= until_at then return; end if;
    first_at := last_at;
  end loop;
end $$;
grant execute on function clinic.next_slot to chevet_staff, chevet_visitor;

-- What a visit at this instant would occupy: the first requirement's own candidate first (`lead`, or any that is free), then the rest,
-- each the least busy that day that leaves enough for the others. Null when it cannot be. Rules of notice, horizon and limits are
-- find_slots' affair.
create function clinic.choose_resources(
  clinic uuid, service uuid, at timestamptz, lead uuid, location uuid, for_new_patient boolean, moving uuid, as_of timestamptz
) returns uuid[] language plpgsql stable set search_path = pg_catalog set plan_cache_mode = force_generic_plan set jit = off as $$
#variable_conflict use_column
declare
  -- Who is free for which requirement, in order of preference.
  free_n int[];
  free_id uuid[];
  -- How many each requirement still asks for.
  left_over int[];
  chosen uuid[] := '{}';
  picked uuid;
begin
  select array_agg(r.quantity order by r.rank) into left_over
    from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service;
  if left_over is null then return null; end if;
  select array_agg(c.n order by c.n, c.resource_id = lead desc nulls last, c.busy, c.resource_id), array_agg(c.resource_id order by c.n, c.resource_id = lead desc nulls last, c.busy, c.resource_id)
    into free_n, free_id
  from (
    select distinct d.n, d.resource_id, (
      select count(*) from clinic.occupancy o where o.clinic_id = clinic and o.resource_id = d.resource_id
        and o.starts_at between at - interval '12 hours' and at + interval '12 hours') as busy
    from clinic.candidate_starts(clinic, service, at, at, null, array[location], for_new_patient, moving, as_of) d
    where d.location_id = location and at <@ d.starts
  ) c;
  for n in 1 .. cardinality(left_over) loop
    while left_over[n] > 0 loop
      left_over[n] := left_over[n] - 1;
      picked := null;
      for i in 1 .. coalesce(cardinality(free_id), 0) loop
        continue when free_n[i] <> n or free_id[i] = any (chosen);
        exit when chosen = '{}' and lead is not null and free_id[i] <> lead;
        -- Hall's theorem, as in find_slots: every set of what is still asked for has enough who are left.
        if not exists (
          select from generate_series(1, (1 << cardinality(left_over)) - 1) as m (mask)
          where (select count(distinct f.id) from unnest(free_n, free_id) as f (n, id)
              where (m.mask >> (f.n - 1)) & 1 = 1 and f.id <> free_id[i] and f.id <> all (chosen))
            < (select sum(q.quantity) from unnest(left_over) with ordinality as q (quantity, n) where (m.mask >> (q.n::int - 1)) & 1 = 1)
        ) then
          picked := free_id[i];
          exit;
        end if;
      end loop;
      if picked is null then return null; end if;
      chosen := chosen || picked;
    end loop;
  end loop;
  return chosen;
end $$;
grant execute on function clinic.choose_resources to chevet_staff, chevet_visitor;
