-- Availability, in one round trip: open hours less what is closed and what is taken. It reads occupancy, never a chart.

-- The instants at which one visit of a service may begin, opening by opening: [open, close − length] less every
-- (taken − length − buffers, taken + buffers). Only ranges are compared here; the grid comes after.
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
  ahead constant interval := make_interval(mins => minutes + after_minutes);
  behind constant interval := make_interval(mins => before_minutes);
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
    where e.clinic_id = clinic and e.status = 'active' and e.ends_at > from_at and e.starts_at < until_at + interval '2 days'
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
  -- What is taken, widened by what a new visit needs around itself, gathered by the day (UTC) it begins on.
  -- No sitting is longer than a day and its buffers, which bounds the index on both sides.
  taken_day as materialized (
    select o.resource_id, o.day, range_agg(tstzrange(o.starts_at - ahead, o.ends_at + behind, '()')) as spans
    from clinic.occupancy o
    where o.clinic_id = clinic and o.resource_id = any (resources)
      and o.starts_at < until_at + interval '2 days' and o.starts_at > from_at - interval '2 days'
      and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
    group by o.resource_id, o.day
  ),
  -- The few that go on into the next day.
  taken_over as materialized (
    select o.resource_id, range_agg(tstzrange(o.starts_at - ahead, o.ends_at + behind, '()')) as spans
    from clinic.occupancy o
    where o.clinic_id = clinic and o.resource_id = any (resources) and o.last_day > o.day
      and o.starts_at < until_at + interval '2 days' and o.starts_at > from_at - interval '2 days'
      and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
    group by o.resource_id
  ),
  closed_day as materialized (
    select u.resource_id, u.location_id, u.day, range_agg(tstzrange(u.lo - length, u.hi, '()')) as spans
    from ruled u where u.kind = 'closed' group by 1, 2, 3
  ),
  closed_once as materialized (
    select w.resource_id, w.location_id, range_agg(tstzrange(o.lo - length, o.hi, '()')) as spans
    from (select distinct p.resource_id, p.location_id from opening p) w
    join once o on o.kind = 'closed' and (o.resource_id is null or o.resource_id = w.resource_id) and (o.location_id is null or o.location_id = w.location_id)
    group by 1, 2
  )
  -- A local day in Québec begins after 3 h UTC of its date and ends before 6 h UTC of the next: no buffer reaches further back.
  select o.resource_id, o.location_id, o.lo,
    tstzmultirange(tstzrange(greatest(o.lo, from_at), least(o.hi - length, until_at), '[]'))
      - coalesce(t.spans, '{}') - coalesce(n.spans, '{}') - coalesce(v.spans, '{}') - coalesce(c.spans, '{}') - coalesce(x.spans, '{}')
  from opening o
  left join taken_day t on t.resource_id = o.resource_id and t.day = o.day
  left join taken_day n on n.resource_id = o.resource_id and n.day = o.day + 1
  left join taken_over v on v.resource_id = o.resource_id
  left join closed_day c on c.resource_id = o.resource_id and c.location_id = o.location_id and c.day = o.day
  left join closed_once x on x.resource_id = o.resource_id and x.location_id = o.location_id
  where greatest(o.lo, from_at) <= least(o.hi - length, until_at);
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
  ahead constant interval := make_interval(mins => minutes + after_minutes);
  behind constant interval := make_interval(mins => before_minutes);
begin
  return query
  select r.id, r.location_id, tstzmultirange(tstzrange(from_at, until_at, '[]')) - coalesce(t.spans, '{}') - coalesce(x.spans, '{}')
  from clinic.resource r
  left join lateral (
    select range_agg(tstzrange(o.starts_at - ahead, o.ends_at + behind, '()')) as spans
    from clinic.occupancy o
    where o.clinic_id = clinic and o.resource_id = r.id
      and o.starts_at < until_at + interval '2 days' and o.starts_at > from_at - interval '2 days'
      and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
  ) t on true
  left join lateral (
    select range_agg(tstzrange(e.starts_at - length, e.ends_at, '()')) as spans
    from clinic.schedule_exception e
    where e.clinic_id = clinic and e.status = 'active' and e.kind = 'closed' and e.resource_id = r.id
      and e.ends_at > from_at and e.starts_at < until_at + interval '2 days'
  ) x on true
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
language plpgsql stable set search_path = pg_catalog set enable_mergejoin = off as $$
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
    last_at := least(last_at, as_of + make_interval(days => s.horizon_days));
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
    select c.resource_id, c.location_id, c.opens_at, unnest(c.starts) as span from could c where c.n = 1
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
    select c.n, c.quantity - (c.n = 1)::int as quantity, c.resource_id, c.location_id, range_agg(c.starts) as starts
    from could c where (needs > 1 or most > 1) and (c.n > 1 or c.quantity > 1) group by 1, 2, 3, 4
  ),
  full_day as materialized (
    select t.resource_id, t.local_date from clinic.sitting t
    where not staff and s.daily_limit is not null and t.clinic_id = clinic and t.service_id = service and t.kind = 'visit'
      and t.local_date between (first_at at time zone 'UTC')::date - 1 and (last_at at time zone 'UTC')::date + 1
      and (t.status = 'booked' or (t.status = 'held' and t.hold_expires_at > as_of)) and (moving is null or t.id <> moving)
    group by 1, 2 having count(*) >= s.daily_limit
  )
  select g.at, g.resource_id, g.location_id, null::uuid
  from grid g
  where (needs = 1 and most = 1 or not exists (
      select from clinic.service_requirement r
      where r.clinic_id = clinic and r.service_id = service and (r.quantity > 1 or r.rank > (select min(o.rank) from clinic.service_requirement o where o.clinic_id = clinic and o.service_id = service))
        and (
          select count(*) from beside b
          where b.n = (select count(*) from clinic.service_requirement o where o.clinic_id = clinic and o.service_id = service and o.rank <= r.rank)
            and b.location_id = g.location_id and b.resource_id <> g.resource_id and g.at <@ b.starts
        ) < r.quantity - (r.rank = (select min(o.rank) from clinic.service_requirement o where o.clinic_id = clinic and o.service_id = service))::int))
    and (not exists (select from full_day) or not exists (
      select from full_day f join clinic.location l on l.clinic_id = clinic and l.id = g.location_id
      where f.resource_id = g.resource_id and f.local_date = (g.at at time zone l.time_zone)::date))
  order by g.at, g.resource_id limit row_limit;
end $$;
grant execute on function clinic.find_slots to chevet_staff, chevet_visitor;

-- What a visit at this instant would occupy: the first requirement's own candidate first (`lead`, or any that is free), then the rest,
-- each the least busy that day first. Null when it cannot be. Rules of notice, horizon and limits are find_slots' affair.
create function clinic.choose_resources(
  clinic uuid, service uuid, at timestamptz, lead uuid, location uuid, for_new_patient boolean, moving uuid, as_of timestamptz
) returns uuid[] language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  q record;
  found_ids uuid[];
  chosen uuid[] := '{}';
begin
  for q in
    select r.quantity, (row_number() over (order by r.rank))::int as n
    from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service order by r.rank
  loop
    found_ids := array(
      select c.resource_id
      from clinic.candidate_starts(clinic, service, at, at, null, array[location], for_new_patient, moving, as_of) c
      where c.n = q.n and c.location_id = location and at <@ c.starts and c.resource_id <> all (chosen)
      group by c.resource_id
      order by (q.n = 1 and c.resource_id = lead) desc,
        (select count(*) from clinic.occupancy o where o.clinic_id = clinic and o.resource_id = c.resource_id
          and o.starts_at between at - interval '12 hours' and at + interval '12 hours'), c.resource_id
      limit q.quantity);
    if cardinality(found_ids) < q.quantity or (q.n = 1 and lead is not null and found_ids[1] <> lead) then return null; end if;
    chosen := chosen || found_ids;
  end loop;
  return nullif(chosen, '{}');
end $$;
grant execute on function clinic.choose_resources to chevet_staff, chevet_visitor;
