-- Whoever comes by the clinic's public page: what their token opens, and nothing of a clinic that has no page.
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
  opened uuid;
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
    select m.role into member_role from identity.membership m where m.clinic_id = clinic and m.user_id = person and m.status = 'active';
    if not found then
      raise exception 'not a member' using errcode = 'insufficient_privilege';
    end if;
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
    end if;
    -- Otherwise a clinic is seen by nobody before it has published its page and the host has approved it.
    perform from clinic.public_page g, host.clinic_registration r
      where g.clinic_id = clinic and g.published is not null and r.clinic_id = clinic and r.status = 'approved';
    if not found then
      raise exception 'no page' using errcode = 'insufficient_privilege';
    end if;
  end if;
end $$;

-- A visitor takes a time for a few minutes. Enters, sweeps the holds that ran out, sees that the time is one that the service
-- offers, chooses what it needs and takes it, all in one round trip; a hold of the same browser is given back first.
-- Shape: { held: true, sittingId, startsAt, endsAt, resourceId, locationId, expiresAt } or { held: false, next: [{ startsAt, resourceId, locationId }] }.
create function reference.hold_slot(
  clinic uuid, request uuid, token_hash bytea, sitting uuid, ids uuid[], service uuid, at timestamptz, lead uuid, location uuid,
  visit_mode text, for_new_patient boolean
) returns jsonb language plpgsql set search_path = '' as $$
declare
  s record;
  l record;
  resources uuid[];
  expires timestamptz;
  other uuid;
begin
  perform reference.enter('visitor', clinic => clinic, request => request, token_hash => token_hash);
  -- First of all, so that two visitors of one clinic follow each other.
  insert into clinic.schedule_stamp as t (clinic_id) values (clinic) on conflict (clinic_id) do update set stamp = t.stamp + 1;
  other := nullif(pg_catalog.current_setting('app.sitting_id', true), '')::uuid;
  if other is not null then
    delete from clinic.occupancy o where o.clinic_id = clinic and o.sitting_id = other;
    delete from clinic.sitting t where t.clinic_id = clinic and t.id = other and t.status = 'held';
  end if;
  delete from clinic.occupancy o where o.clinic_id = clinic and o.kind = 'hold' and o.hold_expires_at < pg_catalog.now();
  delete from clinic.sitting t where t.clinic_id = clinic and t.status = 'held' and t.hold_expires_at < pg_catalog.now();
  select h.* into s from clinic.healthcare_service h where h.clinic_id = clinic and h.id = service and h.online and visit_mode = any (h.modes);
  if not found then return null; end if;
  select t.time_zone into l from clinic.location t where t.clinic_id = clinic and t.id = location;
  if not found then return null; end if;
  if exists (
    select from clinic.find_slots(clinic, service, at, at, case when lead is null then null else array[lead] end, array[location], for_new_patient, false, null, pg_catalog.now(), 1) f
  ) then
    resources := clinic.choose_resources(clinic, service, at, lead, location, for_new_patient, null, pg_catalog.now());
  end if;
  if resources is null then
    return pg_catalog.jsonb_build_object('held', false, 'next', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('startsAt', f.starts_at, 'resourceId', f.resource_id, 'locationId', f.location_id)), '[]')
      from clinic.find_slots(clinic, service, greatest(at - interval '2 days', pg_catalog.now()), at + interval '14 days', case when lead is null then null else array[lead] end, null, for_new_patient, false, null, pg_catalog.now(), 3) f));
  end if;
  expires := pg_catalog.now() + pg_catalog.make_interval(mins => coalesce((select b.hold_minutes from clinic.booking_policy b where b.clinic_id = clinic), 10));
  insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes, buffer_before_minutes, buffer_after_minutes, status, hold_hash, hold_expires_at)
  values (clinic, sitting, 'visit', service, location, resources[1], visit_mode, (at at time zone l.time_zone)::date,
    extract(hour from at at time zone l.time_zone)::int * 60 + extract(minute from at at time zone l.time_zone)::int, l.time_zone,
    s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, 'held', token_hash, expires);
  execute pg_catalog.format('set local app.sitting_id = %L', sitting);
  insert into clinic.occupancy (clinic_id, id, resource_id, sitting_id)
    select clinic, ids[n], r, sitting from unnest(resources) with ordinality as u (r, n);
  return pg_catalog.jsonb_build_object('held', true, 'sittingId', sitting, 'startsAt', at, 'endsAt', at + pg_catalog.make_interval(mins => s.duration_minutes),
    'resourceId', resources[1], 'locationId', location, 'expiresAt', expires);
end $$;
grant execute on function reference.hold_slot to chevet_web;
