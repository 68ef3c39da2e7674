-- The same times for less work: gaps come off the index in its own order, and a service that needs one person and nothing else is
-- answered without asking how several could be met together.

create or replace function clinic.free_gaps(
  clinic uuid, resources uuid[], from_at timestamptz, until_at timestamptz, minutes int, before_minutes int, after_minutes int, moving uuid, as_of timestamptz
) returns table (resource_id uuid, lo timestamptz, hi timestamptz)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  ahead constant interval := make_interval(mins => minutes + after_minutes);
  behind constant interval := make_interval(mins => before_minutes);
begin
  return query
  select g.id, greatest(g.lo + behind, from_at), least(g.hi - ahead, until_at)
  from (
    select r.id, unnest(timestamptz '-infinity' || t.ends) as lo, unnest(t.starts || timestamptz 'infinity') as hi
    from unnest(resources) as r (id)
    -- Two lists in the index's order, the one against the other a place further on: a third of the work of a window function.
    cross join lateral (
      select array_agg(s.starts_at) as starts, array_agg(s.ends_at) as ends
      from (
        select o.starts_at, o.ends_at from clinic.occupancy o
        -- No sitting is longer than a day and its buffers, which bounds the index on both sides.
        where o.clinic_id = clinic and o.resource_id = r.id
          and o.starts_at < until_at + interval '2 days' and o.starts_at > from_at - interval '2 days'
          and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
        order by o.starts_at
      ) s
    ) t
    offset 0
  ) g
  where g.lo < g.hi and g.lo + behind <= g.hi - ahead and g.lo + behind <= until_at and g.hi - ahead >= from_at;
end $$;

create or replace function clinic.free_starts(
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
      select *, generate_series(r.first_day, floor(date_part('epoch', r.hi) / 86400)::int) as utc_day
      from (
        select e.resource_id, e.location_id, e.day, e.lo as opens_at, v.lo, v.hi, floor(date_part('epoch', v.lo) / 86400)::int as first_day
        from opening e cross join lateral (select greatest(e.lo, from_at) as lo, least(e.hi - length, until_at) as hi) v
        where v.lo <= v.hi
      ) r
    ) p
    join (
      select *, generate_series(r.first_day, floor(date_part('epoch', r.hi) / 86400)::int) as utc_day
      from (
        select f.*, floor(date_part('epoch', f.lo) / 86400)::int as first_day
        from clinic.free_gaps(clinic, resources, from_at, until_at, minutes, before_minutes, after_minutes, moving, as_of) f
      ) r
    ) g on g.resource_id = p.resource_id and g.utc_day = p.utc_day and p.utc_day = greatest(p.first_day, g.first_day)
    where greatest(p.lo, g.lo) <= least(p.hi, g.hi)
  ) o
  left join closed_day c on c.resource_id = o.resource_id and c.location_id = o.location_id and c.day = o.day
  left join closed_once x on x.resource_id = o.resource_id and x.location_id = o.location_id;
end $$;

create or replace function clinic.find_slots(
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
  -- Most services need one person and nothing else: their starts are the times.
  if needs = 1 and most = 1 then
    return query
    select g.at, g.resource_id, g.location_id, null::uuid
    from (
      select distinct p.resource_id, p.location_id, p.time_zone,
        generate_series(date_bin(step, lower(p.span) + step - interval '1 microsecond', p.opens_at), upper(p.span), step) as at
      from (
        select c.resource_id, c.location_id, l.time_zone, c.opens_at, unnest(c.starts) as span
        from clinic.candidate_starts(clinic, service, first_at, last_at, wanted, locations, for_new_patient, moving, as_of) c
        join clinic.location l on l.clinic_id = clinic and l.id = c.location_id
      ) p
    ) g
    left join (
      select t.resource_id, t.local_date from clinic.sitting t
      where not staff and s.daily_limit is not null and t.clinic_id = clinic and t.service_id = service and t.kind = 'visit'
        and t.local_date between (first_at at time zone 'UTC')::date - 1 and (last_at at time zone 'UTC')::date + 1
        and (t.status = 'booked' or (t.status = 'held' and t.hold_expires_at > as_of)) and (moving is null or t.id <> moving)
      group by 1, 2 having count(*) >= s.daily_limit
    ) f on f.resource_id = g.resource_id and f.local_date = (g.at at time zone g.time_zone)::date
    where f.resource_id is null
    order by g.at, g.resource_id, g.location_id limit row_limit;
    return;
  end if;
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
