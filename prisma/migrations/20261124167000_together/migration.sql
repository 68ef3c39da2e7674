-- Where one more is needed beside, the first who is free will do: nobody counts the others.

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
        when a.enough = 1 then not exists (
          select from beside b where b.n = any (a.ns) and b.location_id = g.location_id and b.resource_id <> g.resource_id and g.at <@ b.starts)
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
