-- What a freed time would take now, as long as its service: null while it does not fit. Where the visit that left it stood between two steps
-- of the grid, so does who takes its place: `clinic.explain_slot` holds staff to no grid, notice or daily limit.
create function clinic.freed_resources(clinic uuid, freed uuid, as_of timestamptz) returns uuid[]
language sql stable set search_path = pg_catalog as $$
  select case when (e.said ->> 'free')::boolean then
      array(select r.id::uuid from jsonb_array_elements_text(e.said -> 'resourceIds') with ordinality as r (id, n) order by r.n) end
  from clinic.freed_time f
  cross join lateral (select clinic.explain_slot(f.clinic_id, f.service_id, f.location_id, f.starts_at, f.resource_id, null, null, false, true, null, as_of, 0) as said) e
  where f.clinic_id = clinic and f.id = freed
$$;
grant execute on function clinic.freed_resources to chevet_staff;
