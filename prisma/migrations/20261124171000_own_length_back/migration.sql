-- A visit whose cancellation is taken back is as long as it was: it was looked for as long as its service, and might stand over the next one.

create or replace function clinic.candidate_starts(
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
  select coalesce(t.duration_minutes, h.duration_minutes) as duration_minutes, coalesce(t.buffer_before_minutes, h.buffer_before_minutes) as buffer_before_minutes,
      coalesce(t.buffer_after_minutes, h.buffer_after_minutes) as buffer_after_minutes into s
    from clinic.healthcare_service h
    left join clinic.sitting t on t.clinic_id = clinic and t.id = moving and t.service_id = service and t.status in ('booked', 'cancelled')
    where h.clinic_id = clinic and h.id = service and h.status = 'active';
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
