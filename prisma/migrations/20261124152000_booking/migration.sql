-- A visitor books: the address proved by a code, a time held, the visit taken whole in one transaction.

-- That an address is theirs, for the few hours a visit takes to book: the code's keyed hash, its tries, and when it was right.
-- One per browser's token; asked for again, it is another row, and the code before it is worth nothing.
create table clinic.contact_check (
  clinic_id uuid not null constraint contact_check_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  token_hash bytea not null constraint contact_check_token_length check (octet_length(token_hash) = 32),
  email text not null constraint contact_check_email check (email = lower(email) and length(email) between 3 and 254),
  -- null until the mail is on its way.
  code_hash bytea constraint contact_check_code_length check (octet_length(code_hash) = 32),
  attempts int not null default 0 constraint contact_check_attempts check (attempts between 0 and 5),
  verified_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint contact_check_pkey primary key (clinic_id, id),
  constraint contact_check_token_key unique (clinic_id, token_hash)
);
create index contact_check_expired_idx on clinic.contact_check (clinic_id, expires_at);
alter table clinic.contact_check enable row level security;
alter table clinic.contact_check force row level security;
grant select, insert, update, delete on clinic.contact_check to chevet_mover;
create policy mover_clinic on clinic.contact_check to chevet_mover
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
-- The worker writes the mail, and forgets the address of whoever did not come back.
grant select, update (code_hash), delete on clinic.contact_check to chevet_staff;
create policy staff_clinic on clinic.contact_check to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select, insert (clinic_id, id, token_hash, email, expires_at), update (attempts, verified_at, expires_at), delete on clinic.contact_check to chevet_visitor;
create policy visitor_own on clinic.contact_check to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));

-- A visit that moves further away keeps its own link; a calendar is told when it last changed.
grant update (expires_at) on clinic.appointment_access to chevet_visitor;
grant select (last_updated) on clinic.appointment to chevet_visitor;
grant select (last_updated) on clinic.sitting to chevet_visitor;

-- The nearest free times from `at` on, each instant once; when there are none, the first from now. Shape: [{ startsAt, resourceId, locationId }].
create function clinic.nearest_times(clinic uuid, service uuid, at timestamptz, wanted uuid[], for_new_patient boolean, moving uuid, most int)
returns jsonb language sql stable set search_path = '' as $$
  with later as materialized (
    select distinct on (f.starts_at) f.starts_at, f.resource_id, f.location_id
    from clinic.find_slots(clinic, service, greatest(at, pg_catalog.now()), at + interval '21 days', wanted, null, for_new_patient, false, moving, pg_catalog.now(), most * 20) f
    order by f.starts_at, f.resource_id limit most
  ),
  first as (
    select distinct on (f.starts_at) f.starts_at, f.resource_id, f.location_id
    from clinic.find_slots(clinic, service, pg_catalog.now(), pg_catalog.now() + interval '21 days', wanted, null, for_new_patient, false, moving, pg_catalog.now(), most * 20) f
    where not exists (select from later) order by f.starts_at, f.resource_id limit most
  ),
  both_ as (select * from later union all select * from first)
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('startsAt', b.starts_at, 'resourceId', b.resource_id, 'locationId', b.location_id) order by b.starts_at), '[]')
  from both_ b
$$;
grant execute on function clinic.nearest_times to chevet_visitor;

-- Takes a time for a few minutes, in a visitor's transaction. Looked at first without a lock, so that a crowd at one time waits for nobody
-- once it is taken, and a refusal writes nothing. What the same token held is given back only for the new time; what ran out is swept.
-- `any_lead` takes another practitioner when `lead` is not free. A group has no holds: its sitting and a free place are found.
-- Shape: { held: true, group, sittingId, startsAt, endsAt, resourceId, locationId, expiresAt } or { held: false, next }, with `spent` when
-- the token opens a visit already; null when the service is not for this visitor.
create function clinic.hold_time(
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
grant execute on function clinic.hold_time to chevet_visitor;

-- Enters and holds in one round trip. `proven`: a puzzle was solved; whoever holds a time already needs none to change it.
drop function reference.hold_slot(uuid, uuid, bytea, uuid, uuid[], uuid, timestamptz, uuid, uuid, text, boolean);
create function reference.hold_slot(
  clinic uuid, request uuid, token_hash bytea, sitting uuid, ids uuid[], service uuid, at timestamptz, lead uuid, location uuid,
  visit_mode text, for_new_patient boolean, any_lead boolean, code bytea, proven boolean
) returns jsonb language plpgsql set search_path = '' as $$
begin
  perform reference.enter('visitor', clinic => clinic, request => request, token_hash => token_hash);
  if not proven and not exists (
    select from clinic.sitting t where t.clinic_id = clinic and t.hold_hash = hold_slot.token_hash and t.status = 'held' and t.hold_expires_at > pg_catalog.now()) then
    return pg_catalog.jsonb_build_object('held', false, 'unproven', true);
  end if;
  return clinic.hold_time(clinic, token_hash, sitting, ids, service, at, lead, location, visit_mode, for_new_patient, any_lead, code);
end $$;
grant execute on function reference.hold_slot to chevet_web;

-- From a hold to a visit: who asked, their place, the sitting booked and the link, together or not at all. A hold that ran out is taken again if
-- the time is still free. The address is the one whose code was right, never one that is sent along. Sent twice, it is one visit.
-- Shape: { booked: true, appointmentId, again } or { booked: false, next } or { booked: false, unverified: true }; null as hold_time.
create function reference.confirm_visit(
  clinic uuid, request uuid, token_hash bytea, sitting uuid, ids uuid[], service uuid, at timestamptz, lead uuid, location uuid,
  visit_mode text, for_new_patient boolean, any_lead boolean, code bytea,
  appointment uuid, person uuid, access uuid, journal uuid, who jsonb, nam_sealed bytea, nam_hash bytea, nam_last2 text, address inet
) returns jsonb language plpgsql set search_path = '' as $$
declare
  known uuid;
  h record;
  c record;
  taken jsonb;
  held uuid;
begin
  perform reference.enter('visitor', clinic => clinic, request => request, token_hash => token_hash);
  for n in 1 .. 2 loop
    select a.appointment_id into known from clinic.appointment_access a where a.clinic_id = clinic and a.token_hash = confirm_visit.token_hash;
    if found then
      return pg_catalog.jsonb_build_object('booked', true, 'appointmentId', known, 'again', true);
    end if;
    select k.email, k.verified_at into c from clinic.contact_check k
      where k.clinic_id = clinic and k.token_hash = confirm_visit.token_hash and k.verified_at is not null and k.expires_at > pg_catalog.now() and k.email = who ->> 'email';
    if not found then
      return pg_catalog.jsonb_build_object('booked', false, 'unverified', true);
    end if;
    select t.id into held from clinic.sitting t
      where t.clinic_id = clinic and t.hold_hash = confirm_visit.token_hash and t.status = 'held' and t.hold_expires_at > pg_catalog.now()
        and t.starts_at > pg_catalog.now() and t.service_id = service and t.starts_at = at and t.location_id = location and t.mode = visit_mode
        and (lead is null or any_lead or t.resource_id = lead);
    if held is not null and n = 1 then
      -- One after the other, then looked at again: the other click, or the other tab, may have ended meanwhile.
      insert into clinic.schedule_stamp as t (clinic_id) values (clinic) on conflict (clinic_id) do update set stamp = t.stamp + 1;
      continue;
    end if;
    exit;
  end loop;
  if held is null then
    taken := clinic.hold_time(clinic, token_hash, sitting, ids, service, at, lead, location, visit_mode, for_new_patient, any_lead, code);
    if taken is null then return null; end if;
    if taken ? 'spent' then
      select a.appointment_id into known from clinic.appointment_access a where a.clinic_id = clinic and a.token_hash = confirm_visit.token_hash;
      return pg_catalog.jsonb_build_object('booked', true, 'appointmentId', known, 'again', true);
    end if;
    if not (taken ->> 'held')::boolean then
      return pg_catalog.jsonb_build_object('booked', false, 'next', taken -> 'next');
    end if;
    held := (taken ->> 'sittingId')::uuid;
  end if;
  insert into clinic.request_person (clinic_id, id, family_name, given_name, birth_date, language, email, phone, relation, booker_name, new_patient, nam_sealed, nam_hash, nam_last2, verified_at, notice_version)
  values (clinic, person, who ->> 'familyName', who ->> 'givenName', (who ->> 'birthDate')::date, who ->> 'language', c.email, who ->> 'phone', who ->> 'relation', who ->> 'bookerName',
    for_new_patient, nam_sealed, nam_hash, nam_last2, c.verified_at, who ->> 'noticeVersion');
  if taken is null or not (taken ->> 'group')::boolean then
    execute pg_catalog.format('set local app.sitting_id = %L', held);
    update clinic.sitting t set status = 'booked', hold_hash = null, hold_expires_at = null, version = t.version + 1 where t.clinic_id = clinic and t.id = held;
  end if;
  execute pg_catalog.format('set local app.appointment_id = %L', appointment);
  insert into clinic.appointment (clinic_id, id, sitting_id, request_person_id, source) values (clinic, appointment, held, person, 'online');
  insert into clinic.appointment_access (clinic_id, id, appointment_id, token_hash, expires_at)
    select clinic, access, appointment, confirm_visit.token_hash, t.ends_at + interval '1 day' from clinic.sitting t where t.clinic_id = clinic and t.id = held;
  delete from clinic.contact_check k where k.clinic_id = clinic and k.token_hash = confirm_visit.token_hash;
  insert into clinic.audit_event (clinic_id, id, event, action, outcome, entity, entity_ids, agent_role, request_id, address, ground, detail)
  values (clinic, journal, 'appointment.requested', 'C', 'success', 'Appointment', array[appointment, person], 'visitor', request, address, 'patient-request', '{}');
  return pg_catalog.jsonb_build_object('booked', true, 'appointmentId', appointment, 'again', false);
end $$;
grant execute on function reference.confirm_visit to chevet_web;
