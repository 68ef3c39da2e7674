-- Why a time is not free: every reason, for all that a visit needs, in one round trip. It says what clinic.find_slots says, of one
-- instant, and for any length (tests/database/schedule/explain-slot.test.ts holds the two together).

-- Who could meet each requirement of a service at one place and instant, and what stands in the way of each: `reasons` is [] for who is free.
-- `gives` is false for a `lead` who does not give this service. `opens` are the openings that hold the visit, by where they begin.
create function clinic.slot_candidates(
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
  reason as (
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
      s.starts_at, s.ends_at, s.id
    from candidate c
    join clinic.occupancy o on o.clinic_id = clinic and o.resource_id = c.id
      -- No sitting is longer than a day and its buffers, which bounds the index on both sides.
      and o.starts_at < taken_until and o.starts_at > taken_from - interval '2 days' and o.ends_at > taken_from
    join clinic.sitting s on s.clinic_id = clinic and s.id = o.sitting_id
    where o.blocking and (o.hold_expires_at is null or o.hold_expires_at > as_of) and (moving is null or o.sitting_id <> moving)
  )
  select c.n, c.quantity, c.kind, c.resource_type, c.id, c.gives,
    (select count(*)::int from clinic.occupancy o where o.clinic_id = clinic and o.resource_id = c.id
      and o.starts_at between at - interval '12 hours' and at + interval '12 hours'),
    array(select h.lo from holding h where h.resource_id = c.id and h.location_id = location),
    coalesce((
      select jsonb_agg(jsonb_build_object('code', r.code, 'resourceId', c.id, 'from', r.lo, 'until', r.hi, 'sittingId', r.sitting,
        'needed', null, 'free', null, 'resourceType', null) order by r.weight, r.lo, r.sitting)
      from reason r where r.n = c.n and r.id = c.id), '[]')
  from candidate c;
end $$;
grant execute on function clinic.slot_candidates to chevet_staff;

-- One for each place that the requirements leave over, each thing once, in the order of preference given; the first taken for
-- requirement `lead_n` is `lead`. Null when it cannot be: Hall's theorem, as in find_slots.
create function clinic.choose_among(left_over int[], free_n int[], free_id uuid[], lead uuid, lead_n int)
returns uuid[] language plpgsql immutable set search_path = pg_catalog as $$
declare
  chosen uuid[] := '{}';
  picked uuid;
  pinned boolean;
begin
  for n in 1 .. coalesce(cardinality(left_over), 0) loop
    pinned := n = lead_n;
    while left_over[n] > 0 loop
      left_over[n] := left_over[n] - 1;
      picked := null;
      for i in 1 .. coalesce(cardinality(free_id), 0) loop
        continue when free_n[i] <> n or free_id[i] = any (chosen);
        exit when pinned and free_id[i] <> lead;
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
      pinned := false;
      chosen := chosen || picked;
    end loop;
  end loop;
  return nullif(chosen, '{}');
end $$;
grant execute on function clinic.choose_among to chevet_staff;

-- Whether a visit of a service could be at one instant and place, and every reason why not. `lead` is who it is asked for (a practitioner,
-- or a room that goes with it), `preferred` who is taken first where several could be, `minutes` another length than the service's, `moving` a sitting whose own time counts as free. For staff
-- what holds visitors only (past, notice, horizon, limit, step) is told beside, as `notices`. Null for no such service or place.
-- Shape: Explanation of server/appointment/record.ts.
create function clinic.explain_slot(
  clinic uuid, service uuid, location uuid, at timestamptz, lead uuid, preferred uuid[], minutes int, for_new_patient boolean, staff boolean,
  moving uuid, as_of timestamptz, next_count int
) returns jsonb language plpgsql stable set search_path = pg_catalog set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  s record;
  l record;
  length int;
  could jsonb;
  left_over int[];
  free_n int[];
  free_id uuid[];
  lead_n int;
  chosen uuid[];
  forced uuid[] := '{}';
  reasons jsonb := '[]';
  beside jsonb := '[]';
  later jsonb := '[]';
  q record;
  leader uuid;
  form constant text := 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
  -- A reason about nobody in particular.
  bare constant jsonb := '{"code": null, "resourceId": null, "from": null, "until": null, "sittingId": null, "needed": null, "free": null, "resourceType": null}';
begin
  select h.* into s from clinic.healthcare_service h where h.clinic_id = clinic and h.id = service;
  if not found then return null; end if;
  select t.* into l from clinic.location t where t.clinic_id = clinic and t.id = location;
  if not found then return null; end if;
  length := coalesce(minutes, s.duration_minutes);

  select coalesce(jsonb_agg(to_jsonb(c)), '[]') into could
    from clinic.slot_candidates(clinic, service, location, at, length, s.buffer_before_minutes, s.buffer_after_minutes, lead, for_new_patient, moving, as_of) c;
  select array_agg(r.quantity order by r.rank) into left_over
    from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service;
  select min(c.n) into lead_n from jsonb_to_recordset(could) as c (n int, resource_id uuid, gives boolean) where c.resource_id = lead and c.gives;
  select array_agg(c.n order by c.n, c.resource_id = lead desc nulls last, c.resource_id = any (preferred) desc nulls last, c.busy, c.resource_id),
      array_agg(c.resource_id order by c.n, c.resource_id = lead desc nulls last, c.resource_id = any (preferred) desc nulls last, c.busy, c.resource_id)
    into free_n, free_id
    from jsonb_to_recordset(could) as c (n int, resource_id uuid, gives boolean, busy int, reasons jsonb) where c.gives and c.reasons = '[]';
  if lead is null or lead_n is not null then
    chosen := clinic.choose_among(left_over, free_n, free_id, lead, lead_n);
  end if;

  if s.status <> 'active' or left_over is null then reasons := reasons || (bare || '{"code": "service"}'); end if;
  if l.status <> 'active' then reasons := reasons || (bare || '{"code": "location"}'); end if;
  -- What holds whom it is asked for, or everybody who could lead.
  reasons := reasons || coalesce((
    select jsonb_agg(r.reason order by c.busy, c.resource_id)
    from jsonb_to_recordset(could) as c (n int, resource_id uuid, busy int, reasons jsonb) cross join lateral jsonb_array_elements(c.reasons) as r (reason)
    where case when lead is null then c.n = 1 and 1 <> all (coalesce(free_n, '{}')) else c.resource_id = lead and c.n = coalesce(lead_n, 1) end), '[]');
  if left_over is not null and lead is null and could = '[]' then reasons := reasons || (bare || '{"code": "service"}'); end if;
  for q in
    select w.*, (select count(*)::int from unnest(free_n) as f (n) where f.n = w.n) as have
    from (
      select r.kind, r.resource_type, r.quantity, (row_number() over (order by r.rank))::int as n
      from clinic.service_requirement r where r.clinic_id = clinic and r.service_id = service
    ) w order by w.n
  loop
    continue when q.have >= q.quantity or (q.n = 1 and q.quantity = 1);
    reasons := reasons
      || (bare || jsonb_build_object('code', case q.kind when 'practitioner' then 'team' else q.kind end, 'needed', q.quantity, 'free', q.have, 'resourceType', q.resource_type))
      || coalesce((
        select jsonb_agg(r.reason order by c.busy, c.resource_id)
        from jsonb_to_recordset(could) as c (n int, resource_id uuid, busy int, reasons jsonb) cross join lateral jsonb_array_elements(c.reasons) as r (reason)
        where c.n = q.n and (q.n > 1 or q.have > 0) and not (c.resource_id is not distinct from lead and c.n = coalesce(lead_n, 1))), '[]');
  end loop;
  -- Enough of each, and not of all at once.
  if chosen is null and reasons = '[]' then reasons := reasons || (bare || '{"code": "together"}'); end if;

  leader := coalesce(lead, chosen[1]);
  if lead_n > 1 then leader := chosen[1]; end if;
  if at < as_of then beside := beside || (bare || jsonb_build_object('code', 'past', 'until', to_char(as_of at time zone 'UTC', form))); end if;
  if at < as_of + make_interval(mins => s.notice_minutes) then
    beside := beside || (bare || jsonb_build_object('code', 'notice', 'until', to_char((as_of + make_interval(mins => s.notice_minutes)) at time zone 'UTC', form)));
  end if;
  if at > as_of + make_interval(hours => 24 * s.horizon_days) then
    beside := beside || (bare || jsonb_build_object('code', 'horizon', 'from', to_char((as_of + make_interval(hours => 24 * s.horizon_days)) at time zone 'UTC', form)));
  end if;
  if s.daily_limit is not null and (
    select count(*) from clinic.sitting t
    where t.clinic_id = clinic and t.service_id = service and t.kind = 'visit' and t.resource_id = leader and t.local_date = (at at time zone l.time_zone)::date
      and (t.status = 'booked' or (t.status = 'held' and t.hold_expires_at > as_of)) and (moving is null or t.id <> moving)
  ) >= s.daily_limit then
    beside := beside || (bare || jsonb_build_object('code', 'limit', 'resourceId', leader, 'needed', s.daily_limit));
  end if;
  -- Times are offered at whole steps from the opening.
  if exists (select from jsonb_to_recordset(could) as c (n int, resource_id uuid, opens timestamptz[]) where c.n = 1 and c.resource_id = leader and c.opens <> '{}')
    and not exists (
      select from jsonb_to_recordset(could) as c (n int, resource_id uuid, opens timestamptz[]) cross join lateral unnest(c.opens) as o (lo)
      where c.n = 1 and c.resource_id = leader and date_bin(make_interval(mins => s.step_minutes), at, o.lo) = at) then
    beside := beside || (bare || '{"code": "step"}');
  end if;
  if not staff then
    reasons := reasons || beside;
    beside := '[]';
  end if;
  if reasons <> '[]' then chosen := null; end if;

  -- What forcing it takes: whom it is asked for, and for the rest the free, else the least busy.
  if chosen is null then
    for q in
      select c.n, c.quantity, c.resource_id, row_number() over (partition by c.n order by c.resource_id = lead desc nulls last, c.reasons = '[]' desc, c.busy, c.resource_id) as turn
      from jsonb_to_recordset(could) as c (n int, quantity int, resource_id uuid, gives boolean, busy int, reasons jsonb)
      where c.gives or c.resource_id = lead
      order by c.n, turn
    loop
      continue when q.turn > q.quantity or q.resource_id = any (forced);
      forced := forced || q.resource_id;
    end loop;
  end if;

  if reasons <> '[]' and next_count > 0 then
    select coalesce(jsonb_agg(jsonb_build_object('startsAt', f.starts_at, 'resourceId', f.resource_id, 'locationId', f.location_id, 'sittingId', f.sitting_id,
        'timeZone', l.time_zone, 'date', (f.starts_at at time zone l.time_zone)::date,
        'minute', extract(hour from f.starts_at at time zone l.time_zone)::int * 60 + extract(minute from f.starts_at at time zone l.time_zone)::int
      ) order by f.starts_at, f.resource_id), '[]') into later
    from (
      select distinct on (x.starts_at) x.* from clinic.find_slots(clinic, service, greatest(at, as_of), greatest(at, as_of) + interval '21 days',
        case when lead_n = 1 then array[lead] end, array[location], for_new_patient, staff, moving, as_of, 60) x
      where length = s.duration_minutes
        or (clinic.explain_slot(clinic, service, location, x.starts_at, x.resource_id, null, length, for_new_patient, staff, moving, as_of, 0) ->> 'free')::boolean
      order by x.starts_at, x.resource_id limit next_count
    ) f;
  end if;

  return jsonb_build_object('free', reasons = '[]', 'startsAt', at, 'endsAt', at + make_interval(mins => length),
    'resourceIds', chosen, 'forcedIds', forced, 'reasons', reasons, 'notices', beside, 'next', later);
end $$;
grant execute on function clinic.explain_slot to chevet_staff;
