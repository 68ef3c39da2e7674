-- Whoever enters by a link (an offer that was answered, a visit, a calendar) is in a clinic that may have taken its page down: what is
-- booked by strangers asks for the page itself. Otherwise as in 20261124152000_booking.

create or replace function clinic.hold_time(
  clinic uuid, hash bytea, sitting uuid, ids uuid[], service uuid, at timestamptz, lead uuid, location uuid,
  visit_mode text, for_new_patient boolean, any_lead boolean, code bytea
) returns jsonb language plpgsql set search_path = '' as $$
declare
  s record;
  l record;
  g record;
  resources uuid[];
  expires timestamptz;
  other uuid;
  wanted uuid[] := case when lead is null then null else array[lead] end;
  locked boolean := false;
begin
  select h.* into s from clinic.healthcare_service h
    where h.clinic_id = clinic and h.id = service and h.online and visit_mode = any (h.modes)
      -- A link that lives on after the page was taken down opens its own visit or offer, and books nothing.
      and exists (select from clinic.public_page page where page.clinic_id = clinic and page.published is not null)
      and case h.audience when 'new' then for_new_patient when 'existing' then not for_new_patient when 'code' then h.code_hash = code else true end;
  if not found then return null; end if;
  select t.time_zone into l from clinic.location t where t.clinic_id = clinic and t.id = location;
  if not found then return null; end if;
  loop
    perform from clinic.appointment_access a where a.clinic_id = clinic and a.token_hash = hash;
    if found then
      return pg_catalog.jsonb_build_object('held', false, 'spent', true, 'next', pg_catalog.jsonb_build_array());
    end if;
    -- What the token holds now, which another tab may have changed since this transaction entered.
    other := null;
    select t.id into other from clinic.sitting t where t.clinic_id = clinic and t.hold_hash = hash and t.status = 'held';
    select f.resource_id, f.sitting_id into g from clinic.find_slots(clinic, service, at, at, wanted, array[location], for_new_patient, false, other, pg_catalog.now(), 1) f;
    if not found and lead is not null and any_lead then
      wanted := null;
      select f.resource_id, f.sitting_id into g from clinic.find_slots(clinic, service, at, at, null, array[location], for_new_patient, false, other, pg_catalog.now(), 1) f;
    end if;
    if g.sitting_id is not null then
      return pg_catalog.jsonb_build_object('held', true, 'group', true, 'sittingId', g.sitting_id, 'startsAt', at, 'endsAt', at + pg_catalog.make_interval(mins => s.duration_minutes),
        'resourceId', g.resource_id, 'locationId', location, 'expiresAt', null);
    end if;
    if g.resource_id is not null and locked then
      resources := clinic.choose_resources(clinic, service, at, wanted[1], location, for_new_patient, other, pg_catalog.now());
    end if;
    if g.resource_id is null or (locked and resources is null) then
      return pg_catalog.jsonb_build_object('held', false, 'next', clinic.nearest_times(clinic, service, at,
        case when any_lead then null else wanted end, for_new_patient, other, 3));
    end if;
    exit when locked;
    -- It is free: now one after the other, and looked at once more.
    insert into clinic.schedule_stamp as t (clinic_id) values (clinic) on conflict (clinic_id) do update set stamp = t.stamp + 1;
    locked := true;
  end loop;
  if other is not null then
    execute pg_catalog.format('set local app.sitting_id = %L', other);
    delete from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = other;
    delete from clinic.sitting t where t.clinic_id = clinic and t.id = other and t.status = 'held';
  end if;
  delete from clinic.occupancy o where o.clinic_id = clinic and o.kind = 'hold' and o.hold_expires_at < pg_catalog.now();
  delete from clinic.sitting t where t.clinic_id = clinic and t.status = 'held' and t.hold_expires_at < pg_catalog.now();
  expires := pg_catalog.now() + pg_catalog.make_interval(mins => coalesce((select b.hold_minutes from clinic.booking_policy b where b.clinic_id = clinic), 10));
  insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes, buffer_before_minutes, buffer_after_minutes, status, hold_hash, hold_expires_at)
  values (clinic, sitting, 'visit', service, location, resources[1], visit_mode, (at at time zone l.time_zone)::date,
    extract(hour from at at time zone l.time_zone)::int * 60 + extract(minute from at at time zone l.time_zone)::int, l.time_zone,
    s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, 'held', hash, expires);
  execute pg_catalog.format('set local app.sitting_id = %L', sitting);
  insert into clinic.occupancy (clinic_id, id, resource_id, sitting_id)
    select clinic, ids[n], r, sitting from unnest(resources) with ordinality as u (r, n);
  return pg_catalog.jsonb_build_object('held', true, 'group', false, 'sittingId', sitting, 'startsAt', at, 'endsAt', at + pg_catalog.make_interval(mins => s.duration_minutes),
    'resourceId', resources[1], 'locationId', location, 'expiresAt', expires);
end $$;
