-- Visits. A sitting is the time and the resources (FHIR R4 Slot that is busy), and knows nothing of a patient; an appointment
-- (FHIR R4 Appointment) is one person's place in a sitting. A group is a sitting with more places than one.

create table clinic.sitting_series (
  clinic_id uuid not null constraint sitting_series_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  -- RFC 5545 in closed words: every n weeks on these days, or every n months on the day of the first.
  frequency text not null constraint sitting_series_frequency check (frequency in ('weekly', 'monthly')),
  every int not null default 1 constraint sitting_series_every check (every between 1 and 12),
  weekdays int[] not null default '{}' constraint sitting_series_weekdays check (weekdays <@ '{1,2,3,4,5,6,7}'::int[]),
  occurrences int not null constraint sitting_series_occurrences check (occurrences between 2 and 104),
  created_at timestamptz not null default now(),
  constraint sitting_series_pkey primary key (clinic_id, id)
);

create table clinic.sitting (
  clinic_id uuid not null constraint sitting_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  kind text not null constraint sitting_kind check (kind in ('visit', 'group', 'block')),
  service_id uuid,
  location_id uuid not null,
  -- Whose column of the agenda it stands in: the first of what it occupies.
  resource_id uuid not null,
  mode text not null default 'in-person' constraint sitting_mode check (mode in ('in-person', 'phone', 'video')),
  -- For a blocked time: why, for staff. Never a patient's name.
  title text not null default '' constraint sitting_title_length check (length(title) <= 200),
  local_date date not null constraint sitting_date_range check (local_date between date '2000-01-01' and date '2200-01-01'),
  local_minute int not null constraint sitting_minute check (local_minute between 0 and 1439),
  time_zone text not null,
  duration_minutes int not null constraint sitting_duration check (duration_minutes between 1 and 1440),
  buffer_before_minutes int not null default 0 constraint sitting_buffer_before check (buffer_before_minutes between 0 and 180),
  buffer_after_minutes int not null default 0 constraint sitting_buffer_after check (buffer_after_minutes between 0 and 180),
  starts_at timestamptz not null generated always as ((local_date + make_interval(mins => local_minute)) at time zone time_zone) stored,
  -- Minutes that pass, whatever the clocks do meanwhile.
  ends_at timestamptz not null generated always as (((((local_date + make_interval(mins => local_minute)) at time zone time_zone) at time zone 'UTC') + make_interval(mins => duration_minutes)) at time zone 'UTC') stored,
  capacity int not null default 1 constraint sitting_capacity check (capacity between 1 and 200),
  status text not null constraint sitting_status check (status in ('held', 'booked', 'cancelled', 'entered-in-error')),
  hold_hash bytea constraint sitting_hold_hash_length check (octet_length(hold_hash) = 32),
  hold_expires_at timestamptz,
  series_id uuid,
  series_index int constraint sitting_series_index check (series_index between 1 and 104),
  -- null: a visitor on the public page.
  author_id uuid,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint sitting_pkey primary key (clinic_id, id),
  constraint sitting_capacity_key unique (clinic_id, id, capacity),
  -- One hold per browser at a time.
  constraint sitting_hold_key unique (clinic_id, hold_hash),
  constraint sitting_service check ((kind = 'block') = (service_id is null)),
  constraint sitting_places check (kind = 'group' or capacity = 1),
  constraint sitting_hold check ((status = 'held') = (hold_expires_at is not null) and (status = 'held') <= (hold_hash is not null)),
  constraint sitting_series_whole check (series_index is null or series_id is not null),
  -- A wall time that the spring skips is no time.
  constraint sitting_wall check ((((local_date + make_interval(mins => local_minute)) at time zone time_zone) at time zone time_zone) = local_date + make_interval(mins => local_minute)),
  constraint sitting_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict,
  constraint sitting_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict,
  constraint sitting_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict,
  constraint sitting_series_fk foreign key (clinic_id, series_id) references clinic.sitting_series (clinic_id, id) on delete restrict
);
create index sitting_window_idx on clinic.sitting (clinic_id, starts_at, id);
create index sitting_service_idx on clinic.sitting (clinic_id, service_id, local_date);
create index sitting_resource_idx on clinic.sitting (clinic_id, resource_id, starts_at);
create index sitting_series_idx on clinic.sitting (clinic_id, series_id, series_index) where series_id is not null;
create index sitting_expired_idx on clinic.sitting (clinic_id, hold_expires_at) where status = 'held';

-- Occupancy belongs to a sitting, of a resource that exists, for exactly as long as the sitting with its buffers.
alter table clinic.occupancy
  drop constraint occupancy_kind,
  add constraint occupancy_kind check (kind in ('hold', 'booking', 'block')),
  -- A reason that is null is no reason: a check lets null pass.
  drop constraint occupancy_overbooking,
  add constraint occupancy_overbooking check (blocking or (overbooked_by is not null and overbooking_reason is not null and length(overbooking_reason) >= 3)),
  add column sitting_id uuid not null,
  add constraint occupancy_sitting_fk foreign key (clinic_id, sitting_id) references clinic.sitting (clinic_id, id) on delete restrict,
  add constraint occupancy_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict,
  add constraint occupancy_once_each unique (clinic_id, sitting_id, resource_id);

-- All that availability reads, in its order: ten thousand rows a month are read from the index alone.
create index occupancy_gaps_idx on clinic.occupancy (clinic_id, resource_id, starts_at) include (ends_at, hold_expires_at, sitting_id) where blocking;

create function clinic.fit_occupancy() returns trigger language plpgsql set search_path = '' as $$
declare
  s record;
begin
  select t.starts_at, t.ends_at, t.buffer_before_minutes, t.buffer_after_minutes, t.kind, t.status, t.hold_expires_at into s
    from clinic.sitting t where t.clinic_id = new.clinic_id and t.id = new.sitting_id;
  -- The foreign key says what is wrong.
  if not found then return new; end if;
  new.during := pg_catalog.tstzrange(s.starts_at - pg_catalog.make_interval(mins => s.buffer_before_minutes), s.ends_at + pg_catalog.make_interval(mins => s.buffer_after_minutes));
  new.kind := case when s.status = 'held' then 'hold' when s.kind = 'block' then 'block' else 'booking' end;
  new.hold_expires_at := s.hold_expires_at;
  return new;
end $$;
create trigger fit_occupancy before insert or update on clinic.occupancy for each row execute function clinic.fit_occupancy();
-- After it by name: a sitting that moves meets expired holds too.
drop trigger remove_expired_holds on clinic.occupancy;
create trigger remove_expired_holds before insert or update on clinic.occupancy for each row execute function clinic.remove_expired_holds();

-- A sitting that moves takes its resources along or does not move; one that is off sets them free.
create function clinic.follow_sitting() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.status in ('cancelled', 'entered-in-error') then
    delete from clinic.occupancy o where o.clinic_id = new.clinic_id and o.sitting_id = new.id;
  elsif (new.starts_at, new.ends_at, new.buffer_before_minutes, new.buffer_after_minutes, new.status, new.hold_expires_at)
    is distinct from (old.starts_at, old.ends_at, old.buffer_before_minutes, old.buffer_after_minutes, old.status, old.hold_expires_at) then
    update clinic.occupancy o set kind = o.kind where o.clinic_id = new.clinic_id and o.sitting_id = new.id;
  end if;
  return null;
end $$;
create trigger follow_sitting after update on clinic.sitting for each row execute function clinic.follow_sitting();

-- Who asked for a visit on the public page. It joins no chart, and says nothing of any, until staff match it.
create table clinic.request_person (
  clinic_id uuid not null constraint request_person_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  -- Set when staff match.
  patient_id uuid,
  author_id uuid,
  category text not null default 'identity' constraint request_person_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  family_name text not null constraint request_person_family_length check (length(family_name) between 1 and 200),
  given_name text not null constraint request_person_given_length check (length(given_name) between 1 and 200),
  birth_date date constraint request_person_birth_date_range check (birth_date >= date '1850-01-01'),
  language text not null default 'fr' constraint request_person_language check (language in ('fr', 'en')),
  email text not null default '' constraint request_person_email check (email = lower(email) and length(email) <= 254),
  phone text not null default '' constraint request_person_phone check (phone = '' or phone ~ '^\+[0-9]{8,15}$'),
  -- For a child or somebody in one's care: who books.
  relation text not null default 'self' constraint request_person_relation check (relation in ('self', 'child', 'cared-for')),
  booker_name text not null default '' constraint request_person_booker_length check (length(booker_name) <= 400),
  new_patient boolean not null default true,
  nam_sealed bytea,
  nam_hash bytea constraint request_person_nam_hash_length check (octet_length(nam_hash) = 32),
  nam_last2 text constraint request_person_nam_last2 check (nam_last2 ~ '^[0-9]{2}$'),
  verified_at timestamptz,
  -- The notice that was shown, by version (AC-11).
  notice_version text not null default '' constraint request_person_notice_length check (length(notice_version) <= 40),
  text_messages boolean not null default false,
  status text not null default 'open' constraint request_person_status check (status in ('open', 'matched', 'dismissed')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint request_person_pkey primary key (clinic_id, id),
  constraint request_person_nam_whole check ((nam_sealed is null) = (nam_hash is null) and (nam_sealed is null) = (nam_last2 is null)),
  constraint request_person_matched check (status <> 'matched' or patient_id is not null),
  constraint request_person_reached check (email <> '' or phone <> ''),
  constraint request_person_booker check ((relation = 'self') = (booker_name = '')),
  constraint request_person_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index request_person_open_idx on clinic.request_person (clinic_id, created_at, id) where status = 'open';

create table clinic.appointment (
  clinic_id uuid not null,
  id uuid not null,
  sitting_id uuid not null,
  patient_id uuid,
  request_person_id uuid,
  author_id uuid,
  category text not null default 'appointment' constraint appointment_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  -- FHIR R4 AppointmentStatus.
  status text not null default 'booked' constraint appointment_status check (status in ('booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error')),
  -- The visit itself, between the door and the end: in the waiting room, in a room, with the professional.
  flow text not null default 'expected' constraint appointment_flow check (flow in ('expected', 'arrived', 'roomed', 'with-professional', 'done', 'none')),
  room_id uuid,
  source text not null constraint appointment_source check (source in ('staff', 'online', 'walk-in', 'waitlist')),
  -- Why the person comes, as reception wrote it; never leaves the clinic (AC-63).
  reason text not null default '' constraint appointment_reason_length check (length(reason) <= 500),
  confirmed_at timestamptz,
  arrived_at timestamptz,
  roomed_at timestamptz,
  started_at timestamptz,
  done_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by text constraint appointment_cancelled_by check (cancelled_by in ('patient', 'clinic')),
  cancel_reason text not null default '' constraint appointment_cancel_reason_length check (length(cancel_reason) <= 300),
  error_reason text not null default '' constraint appointment_error_reason_length check (length(error_reason) <= 300),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint appointment_pkey primary key (clinic_id, id),
  constraint appointment_person check (patient_id is not null or request_person_id is not null),
  constraint appointment_cancelled check ((status = 'cancelled') = (cancelled_at is not null) and (status = 'cancelled') = (cancelled_by is not null)),
  constraint appointment_error check (status <> 'entered-in-error' or error_reason <> ''),
  constraint appointment_stage check (case status
    when 'booked' then flow = 'expected' when 'arrived' then flow = 'arrived' when 'checked-in' then flow in ('roomed', 'with-professional')
    when 'fulfilled' then flow = 'done' else flow = 'none' end),
  constraint appointment_sitting_fk foreign key (clinic_id, sitting_id) references clinic.sitting (clinic_id, id) on delete restrict,
  constraint appointment_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint appointment_request_fk foreign key (clinic_id, request_person_id) references clinic.request_person (clinic_id, id) on delete restrict,
  constraint appointment_room_fk foreign key (clinic_id, room_id) references clinic.resource (clinic_id, id) on delete restrict
);
create index appointment_sitting_idx on clinic.appointment (clinic_id, sitting_id);
create index appointment_patient_idx on clinic.appointment (clinic_id, patient_id) where patient_id is not null;
create index appointment_request_idx on clinic.appointment (clinic_id, request_person_id) where request_person_id is not null;

-- The places of a sitting that are taken, and nothing about by whom. The sitting's capacity comes with each, so that nobody sits on
-- a place that is not there, and no capacity is lowered under who sits.
create table clinic.place (
  clinic_id uuid not null,
  -- The appointment's own id.
  id uuid not null,
  sitting_id uuid not null,
  capacity int not null,
  seat int not null,
  constraint place_pkey primary key (clinic_id, id),
  constraint place_seat_key unique (clinic_id, sitting_id, seat),
  constraint place_seat check (seat between 1 and capacity),
  constraint place_appointment_fk foreign key (clinic_id, id) references clinic.appointment (clinic_id, id) on delete restrict,
  constraint place_sitting_fk foreign key (clinic_id, sitting_id, capacity) references clinic.sitting (clinic_id, id, capacity) on update cascade on delete restrict
);

-- An appointment that stands takes the lowest free place of its sitting; one that is off gives it back.
create function clinic.take_place() returns trigger language plpgsql set search_path = '' as $$
declare
  places int;
  free int;
begin
  if tg_op = 'UPDATE' then
    if new.sitting_id = old.sitting_id and (new.status in ('cancelled', 'entered-in-error')) = (old.status in ('cancelled', 'entered-in-error')) then
      return null;
    end if;
    delete from clinic.place p where p.clinic_id = old.clinic_id and p.id = old.id;
  end if;
  if new.status in ('cancelled', 'entered-in-error') then return null; end if;
  select s.capacity into places from clinic.sitting s
    where s.clinic_id = new.clinic_id and s.id = new.sitting_id and s.status in ('held', 'booked') and s.kind <> 'block';
  select n into free from pg_catalog.generate_series(1, places) as g (n)
    where not exists (select from clinic.place p where p.clinic_id = new.clinic_id and p.sitting_id = new.sitting_id and p.seat = g.n)
    order by n limit 1;
  if free is null then
    raise exception 'appointment: no place left' using errcode = 'exclusion_violation', constraint = 'place_full';
  end if;
  insert into clinic.place (clinic_id, id, sitting_id, capacity, seat) values (new.clinic_id, new.id, new.sitting_id, places, free);
  return null;
end $$;
create trigger take_place after insert or update of sitting_id, status on clinic.appointment for each row execute function clinic.take_place();

-- Which state may follow which: a mistake is taken back one step, an error stays one.
create function clinic.check_appointment() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.status <> old.status and not (case old.status
    when 'booked' then new.status in ('arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error')
    when 'arrived' then new.status in ('booked', 'checked-in', 'fulfilled', 'cancelled', 'entered-in-error')
    when 'checked-in' then new.status in ('arrived', 'fulfilled', 'cancelled', 'entered-in-error')
    when 'fulfilled' then new.status in ('checked-in', 'entered-in-error')
    when 'noshow' then new.status in ('booked', 'arrived', 'cancelled', 'entered-in-error')
    when 'cancelled' then new.status in ('booked', 'entered-in-error')
    else false end) then
    raise exception 'appointment: % does not follow %', new.status, old.status using errcode = 'check_violation', constraint = 'appointment_transition';
  end if;
  if old.patient_id is not null and new.patient_id is distinct from old.patient_id and new.status <> 'entered-in-error'
    and old.request_person_id is null then
    raise exception 'appointment: belongs to a patient already' using errcode = 'check_violation', constraint = 'appointment_patient';
  end if;
  return new;
end $$;
create trigger check_appointment before update on clinic.appointment for each row execute function clinic.check_appointment();

-- The way back to one visit from a message: hashed, expiring, revocable, good for that visit alone.
create table clinic.appointment_access (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  token_hash bytea not null constraint appointment_access_token_length check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint appointment_access_pkey primary key (clinic_id, id),
  constraint appointment_access_token_key unique (clinic_id, token_hash),
  constraint appointment_access_appointment_fk foreign key (clinic_id, appointment_id) references clinic.appointment (clinic_id, id) on delete restrict
);
create index appointment_access_appointment_idx on clinic.appointment_access (clinic_id, appointment_id);

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['sitting_series', 'sitting', 'request_person', 'appointment', 'place', 'appointment_access'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  foreach name in array array['sitting', 'request_person', 'appointment'] loop
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
  end loop;
  foreach name in array array['sitting', 'appointment', 'occupancy'] loop
    execute format('create trigger touch_schedule before insert or update or delete on clinic.%I for each statement execute function clinic.touch_schedule()', name);
  end loop;
  foreach name in array array['sitting_series', 'sitting', 'place', 'appointment_access'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
  end loop;
  foreach name in array array['request_person', 'appointment'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted, own || unrestricted);
  end loop;
end $$;
grant select, insert on clinic.sitting_series to chevet_staff;
grant select, insert, delete on clinic.place to chevet_staff;
grant select, insert, update (revoked_at) on clinic.appointment_access to chevet_staff;
-- A hold that ran out leaves nothing behind.
grant delete on clinic.sitting to chevet_staff;
drop policy staff_clinic on clinic.sitting;
create policy staff_read on clinic.sitting for select to chevet_staff using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy staff_write on clinic.sitting for insert to chevet_staff with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy staff_change on clinic.sitting for update to chevet_staff using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid) with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy staff_sweep on clinic.sitting for delete to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'held' and hold_expires_at < now());

-- A visitor: a hold under the token of their own browser, and their own visit behind its link (`app.sitting_id` and
-- `app.appointment_id`, which reference.enter sets from what the token opens). Expired holds may be swept by whoever meets them.
grant usage on sequence clinic.change_number to chevet_visitor;
grant select (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes, buffer_before_minutes, buffer_after_minutes, starts_at, ends_at, capacity, status, hold_hash, hold_expires_at, version),
  insert (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes, buffer_before_minutes, buffer_after_minutes, capacity, status, hold_hash, hold_expires_at),
  update (resource_id, location_id, local_date, local_minute, time_zone, status, hold_hash, hold_expires_at, last_updated, version, change_number, change_txid), delete on clinic.sitting to chevet_visitor;
create policy visitor_read on clinic.sitting for select to chevet_visitor using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy visitor_hold on clinic.sitting for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'held' and hold_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));
create policy visitor_book on clinic.sitting for update to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and id = nullif(current_setting('app.sitting_id', true), '')::uuid and kind = 'visit')
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and id = nullif(current_setting('app.sitting_id', true), '')::uuid and kind = 'visit');
create policy visitor_release on clinic.sitting for delete to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'held' and (hold_expires_at < now() or id = nullif(current_setting('app.sitting_id', true), '')::uuid));

grant select (clinic_id, id, resource_id, sitting_id, kind, during, starts_at, ends_at, blocking, hold_expires_at), insert (clinic_id, id, resource_id, sitting_id, during, kind), update (kind), delete on clinic.occupancy to chevet_visitor;
create policy visitor_read on clinic.occupancy for select to chevet_visitor using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy visitor_write on clinic.occupancy for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and sitting_id = nullif(current_setting('app.sitting_id', true), '')::uuid and blocking);
create policy visitor_change on clinic.occupancy for update to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and sitting_id = nullif(current_setting('app.sitting_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and sitting_id = nullif(current_setting('app.sitting_id', true), '')::uuid and blocking);
create policy visitor_free on clinic.occupancy for delete to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and (sitting_id = nullif(current_setting('app.sitting_id', true), '')::uuid or (kind = 'hold' and hold_expires_at < now())));

grant insert (clinic_id, id, family_name, given_name, birth_date, language, email, phone, relation, booker_name, new_patient, nam_sealed, nam_hash, nam_last2, verified_at, notice_version, text_messages) on clinic.request_person to chevet_visitor;
create policy visitor_ask on clinic.request_person for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and patient_id is null and author_id is null and status = 'open');

grant select (clinic_id, id, sitting_id, status, flow, confirmed_at, source, cancelled_at, cancelled_by, version, created_at),
  insert (clinic_id, id, sitting_id, request_person_id, source),
  update (sitting_id, status, flow, confirmed_at, cancelled_at, cancelled_by, last_updated, version, change_number, change_txid) on clinic.appointment to chevet_visitor;
create policy visitor_own on clinic.appointment for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and id = nullif(current_setting('app.appointment_id', true), '')::uuid);
create policy visitor_ask on clinic.appointment for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and patient_id is null and author_id is null and source in ('online', 'waitlist'));
create policy visitor_change on clinic.appointment for update to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and id = nullif(current_setting('app.appointment_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and id = nullif(current_setting('app.appointment_id', true), '')::uuid);

grant select, insert, delete on clinic.place to chevet_visitor;
create policy visitor_read on clinic.place for select to chevet_visitor using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy visitor_take on clinic.place for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy visitor_give on clinic.place for delete to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and id = nullif(current_setting('app.appointment_id', true), '')::uuid);

grant select (clinic_id, id, appointment_id, token_hash, expires_at, revoked_at), insert (clinic_id, id, appointment_id, token_hash, expires_at) on clinic.appointment_access to chevet_visitor;
create policy visitor_own on clinic.appointment_access to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));

-- The versions that a visitor's own change leaves behind, and its line in the journal in nobody's name.
grant insert (clinic_id, entity, entity_id, version, patient_id, category, content, replaced_by) on clinic.record_version to chevet_visitor;
create policy visitor_clinic on clinic.record_version for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and entity in ('sitting', 'appointment') and replaced_by is not distinct from nullif(current_setting('app.user_id', true), '')::uuid);
grant insert (clinic_id, id, event, action, outcome, entity, entity_ids, patient_id, agent_role, request_id, address, ground, detail) on clinic.audit_event to chevet_visitor;
create policy visitor_clinic on clinic.audit_event for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and agent_id is null and agent_role = 'visitor' and session_id is null);
