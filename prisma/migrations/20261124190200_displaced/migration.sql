-- The visits to come that no longer fit. Looking at each of a year's visits by itself took two seconds for a clinic booked a year ahead; but visits are alike:
-- the same weekday, minute, length, practitioner and place come back every week. Each such pattern is held against the rules once, and only the
-- visits of a pattern that does not hold, or in the way of a closure, are looked at one by one.

-- What the judgement of one visit rests on, and the visits that it is made for: never fewer than those that no longer fit.
create function clinic.displaced_suspects(clinic uuid) returns setof uuid
language plpgsql stable set search_path = pg_catalog set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  practitioners uuid[] := array(select e.id from clinic.resource e where e.clinic_id = clinic and e.kind = 'practitioner');
  gone uuid[] := array(
    select e.id from clinic.resource e left join clinic.practitioner p on p.clinic_id = clinic and p.id = e.practitioner_id
    where e.clinic_id = clinic and (e.status <> 'active' or p.status <> 'active'));
  closing uuid[] := array(
    select distinct r.resource_id from clinic.schedule_rule r
    where r.clinic_id = clinic and r.resource_id is not null and r.status = 'active' and r.kind = 'closed' and not r.new_patients);
  -- Whose hours count: in every other week, week by week; and the days on which some rule begins or is over.
  ruled uuid[] := practitioners || closing;
  alternating uuid[] := array(select distinct r.resource_id from clinic.schedule_rule r where r.clinic_id = clinic and r.status = 'active' and r.every_weeks > 1);
  turns date[] := array(
    select distinct d.day from clinic.schedule_rule r cross join lateral (values (r.valid_from), (r.valid_until + 1)) as d (day)
    where r.clinic_id = clinic and r.status = 'active' and d.day > current_date - 2 order by 1);
begin
  return query
  with visit as materialized (
    select s.id, s.resource_id, s.resource_id as lead_id, s.location_id, s.service_id, s.kind, s.local_date, s.local_minute,
      -- The clocks change at night: by day, a visit ends as many minutes later on the wall as it lasts.
      case when s.local_minute >= 240 and s.local_minute + s.duration_minutes <= 1440 then s.local_minute + s.duration_minutes
        else s.local_minute + ceil(extract(epoch from (s.ends_at at time zone s.time_zone) - (s.starts_at at time zone s.time_zone)) / 60)::int end as until_minute
    from clinic.sitting s
    where s.clinic_id = clinic and s.starts_at > now() and s.status = 'booked' and s.kind <> 'block'
  ),
  -- Who works beside whoever leads it.
  beside as materialized (
    select v.id, o.resource_id, v.lead_id, v.location_id, v.service_id, v.kind, v.local_date, v.local_minute, v.until_minute
    from (
      select o.sitting_id, o.resource_id from clinic.occupancy o
      where o.clinic_id = clinic and o.resource_id = any (ruled) and o.starts_at > now() - interval '1 day'
    ) o
    join visit v on v.id = o.sitting_id and v.lead_id <> o.resource_id
  ),
  pattern as materialized (
    select v.resource_id, v.lead_id, v.location_id, v.service_id, v.kind, extract(isodow from v.local_date)::int as weekday, v.local_minute, v.until_minute,
      min(v.local_date) as day, array_agg(v.id) as ids
    from (select * from visit union all select * from beside) v
    group by v.resource_id, v.lead_id, v.location_id, v.service_id, v.kind, extract(isodow from v.local_date), v.local_minute, v.until_minute,
      width_bucket(v.local_date, turns), case when v.resource_id = any (alternating) then date_trunc('week', v.local_date) end
  ),
  amiss as (
    select p.ids from pattern p
    join clinic.location l on l.clinic_id = clinic and l.id = p.location_id
    join clinic.healthcare_service h on h.clinic_id = clinic and h.id = p.service_id
    where l.status <> 'active' or h.status <> 'active'
      or (p.kind = 'visit' and p.resource_id = p.lead_id
        and exists (select from clinic.service_requirement q where q.clinic_id = clinic and q.service_id = p.service_id and q.rank = 1)
        and not exists (
          select from clinic.service_requirement q join clinic.service_candidate c on c.clinic_id = clinic and c.requirement_id = q.id
          where q.clinic_id = clinic and q.service_id = p.service_id and c.resource_id = p.lead_id))
      or (p.resource_id = any (practitioners) and not exists (
        select from clinic.schedule_rule r
        where r.clinic_id = clinic and r.resource_id = p.resource_id and r.location_id = p.location_id and r.status = 'active' and r.kind = 'open'
          and r.weekday = p.weekday and r.valid_from <= p.day and (r.valid_until is null or r.valid_until >= p.day)
          and (r.service_id is null or r.service_id = p.service_id)
          and ((date_trunc('week', p.day)::date - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0
          and r.from_minute <= p.local_minute and r.until_minute >= p.until_minute))
      or (p.resource_id = any (closing) and exists (
        select from clinic.schedule_rule r
        where r.clinic_id = clinic and r.resource_id = p.resource_id and r.location_id = p.location_id and r.status = 'active' and r.kind = 'closed' and not r.new_patients
          and r.weekday = p.weekday and r.valid_from <= p.day and (r.valid_until is null or r.valid_until >= p.day)
          and (r.service_id is null or r.service_id = p.service_id)
          and ((date_trunc('week', p.day)::date - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0
          and r.from_minute < p.until_minute and r.until_minute > p.local_minute))
  ),
  closed as materialized (
    select e.resource_id, e.location_id, e.starts_at, e.ends_at from clinic.schedule_exception e
    where e.clinic_id = clinic and e.status = 'active' and e.kind = 'closed' and e.ends_at > now()
  )
  select i from amiss a cross join lateral unnest(a.ids) as i
  union
  select o.sitting_id from clinic.occupancy o where o.clinic_id = clinic and o.resource_id = any (gone) and o.starts_at > now() - interval '1 day'
  union
  -- No sitting is longer than a day and its buffers.
  select o.sitting_id from closed e join clinic.occupancy o on o.clinic_id = clinic and o.resource_id = e.resource_id
    and o.starts_at < e.ends_at and o.starts_at > greatest(e.starts_at, now()) - interval '2 days'
  where e.resource_id is not null
  union
  select s.id from closed e join clinic.sitting s on s.clinic_id = clinic and s.starts_at < e.ends_at and s.starts_at > greatest(e.starts_at - interval '2 days', now())
    and (e.location_id is null or e.location_id = s.location_id)
  where e.resource_id is null;
end $$;
grant execute on function clinic.displaced_suspects to chevet_staff;
