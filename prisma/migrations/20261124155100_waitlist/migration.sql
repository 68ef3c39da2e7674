-- Who waits for an earlier time, the times that came free, and to whom they were offered. The first to accept has it; the rest learn it.

-- The rule by which a freed time is offered, and to how many at once: the clinic sets it and sees it.
alter table clinic.booking_policy
  add column waitlist_rule text not null default 'arrival' constraint booking_policy_waitlist_rule check (waitlist_rule in ('arrival', 'priority', 'deadline')),
  add column waitlist_batch int not null default 3 constraint booking_policy_waitlist_batch check (waitlist_batch between 1 and 20);

create table clinic.waitlist_entry (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid,
  request_person_id uuid,
  author_id uuid,
  category text not null default 'appointment' constraint waitlist_entry_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  service_id uuid not null,
  -- Empty: whoever gives the service, wherever, any day.
  location_id uuid,
  resource_ids uuid[] not null default '{}' constraint waitlist_entry_resources check (cardinality(resource_ids) <= 20),
  weekdays int[] not null default '{}' constraint waitlist_entry_weekdays check (weekdays <@ '{1,2,3,4,5,6,7}'::int[]),
  from_minute int not null default 0 constraint waitlist_entry_from check (from_minute between 0 and 1439),
  until_minute int not null default 1440 constraint waitlist_entry_until check (until_minute between 1 and 1440),
  -- The last day that would do.
  until_date date constraint waitlist_entry_until_range check (until_date between date '2000-01-01' and date '2200-01-01'),
  priority int not null default 2 constraint waitlist_entry_priority check (priority between 1 and 3),
  note text not null default '' constraint waitlist_entry_note_length check (length(note) <= 300),
  -- « Tell me if sooner »: the visit that would be brought forward.
  appointment_id uuid,
  source text not null constraint waitlist_entry_source check (source in ('staff', 'online')),
  status text not null default 'waiting' constraint waitlist_entry_status check (status in ('waiting', 'booked', 'removed')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint waitlist_entry_pkey primary key (clinic_id, id),
  constraint waitlist_entry_person check (patient_id is not null or request_person_id is not null or appointment_id is not null),
  constraint waitlist_entry_hours check (from_minute < until_minute),
  constraint waitlist_entry_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint waitlist_entry_request_fk foreign key (clinic_id, request_person_id) references clinic.request_person (clinic_id, id) on delete restrict,
  constraint waitlist_entry_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict,
  constraint waitlist_entry_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict,
  constraint waitlist_entry_appointment_fk foreign key (clinic_id, appointment_id) references clinic.appointment (clinic_id, id) on delete restrict
);
create index waitlist_entry_waiting_idx on clinic.waitlist_entry (clinic_id, id) where status = 'waiting';
create index waitlist_entry_service_idx on clinic.waitlist_entry (clinic_id, service_id, id) where status = 'waiting';
create unique index waitlist_entry_sooner_key on clinic.waitlist_entry (clinic_id, appointment_id) where appointment_id is not null and status = 'waiting';

-- A visit that went off or elsewhere leaves its time behind. Nothing of whose it was.
create table clinic.freed_time (
  clinic_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  location_id uuid not null,
  resource_id uuid not null,
  mode text not null constraint freed_time_mode check (mode in ('in-person', 'phone', 'video')),
  starts_at timestamptz not null,
  duration_minutes int not null constraint freed_time_duration check (duration_minutes between 1 and 1440),
  cause text not null constraint freed_time_cause check (cause in ('cancelled', 'moved')),
  -- The sitting that keeps the time while it is offered.
  sitting_id uuid,
  status text not null default 'open' constraint freed_time_status check (status in ('open', 'dismissed')),
  created_at timestamptz not null default now(),
  constraint freed_time_pkey primary key (clinic_id, id),
  constraint freed_time_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict,
  constraint freed_time_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict,
  constraint freed_time_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict
);
create index freed_time_open_idx on clinic.freed_time (clinic_id, starts_at, id) where status = 'open';

-- One person, one time, one answer. It holds what its link may show, so that the link opens nothing else.
create table clinic.waitlist_offer (
  clinic_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  freed_time_id uuid not null,
  patient_id uuid,
  request_person_id uuid,
  author_id uuid,
  category text not null default 'appointment' constraint waitlist_offer_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  appointment_id uuid,
  -- A hold that ran out is swept, and its offers with nothing to give stay as a record.
  sitting_id uuid not null,
  service_id uuid not null,
  location_id uuid not null,
  resource_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  token_hash bytea constraint waitlist_offer_token_length check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  status text not null default 'open' constraint waitlist_offer_status check (status in ('open', 'accepted', 'declined', 'taken', 'withdrawn')),
  -- The visit that came of it.
  booked_id uuid,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  constraint waitlist_offer_pkey primary key (clinic_id, id),
  constraint waitlist_offer_token_key unique (clinic_id, token_hash),
  constraint waitlist_offer_once unique (clinic_id, entry_id, freed_time_id),
  constraint waitlist_offer_person check (patient_id is not null or request_person_id is not null),
  constraint waitlist_offer_booked check ((status = 'accepted') = (booked_id is not null)),
  constraint waitlist_offer_entry_fk foreign key (clinic_id, entry_id) references clinic.waitlist_entry (clinic_id, id) on delete restrict,
  constraint waitlist_offer_freed_fk foreign key (clinic_id, freed_time_id) references clinic.freed_time (clinic_id, id) on delete restrict,
  constraint waitlist_offer_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint waitlist_offer_request_fk foreign key (clinic_id, request_person_id) references clinic.request_person (clinic_id, id) on delete restrict,
  constraint waitlist_offer_appointment_fk foreign key (clinic_id, appointment_id) references clinic.appointment (clinic_id, id) on delete restrict,
  constraint waitlist_offer_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict,
  constraint waitlist_offer_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict,
  constraint waitlist_offer_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict
);
-- Whatever a door forgets: a time is given once.
create unique index waitlist_offer_one_key on clinic.waitlist_offer (clinic_id, sitting_id) where status = 'accepted';
create index waitlist_offer_freed_idx on clinic.waitlist_offer (clinic_id, freed_time_id);

-- By whichever door the visit went. Offered by itself where the clinic said so, six minutes later: a cancellation may be undone for five.
create function clinic.note_freed_time() returns trigger language plpgsql set search_path = '' as $$
declare
  freed uuid := pg_catalog.gen_random_uuid();
begin
  if old.kind = 'visit' and old.status = 'booked' and old.starts_at > pg_catalog.now() and new.status <> 'entered-in-error'
    and (new.status = 'cancelled' or (new.starts_at, new.resource_id, new.location_id) is distinct from (old.starts_at, old.resource_id, old.location_id)) then
    insert into clinic.freed_time (clinic_id, id, service_id, location_id, resource_id, mode, starts_at, duration_minutes, cause)
    values (old.clinic_id, freed, old.service_id, old.location_id, old.resource_id, old.mode, old.starts_at, old.duration_minutes,
      case when new.status = 'cancelled' then 'cancelled' else 'moved' end);
    if exists (select from clinic.booking_policy b where b.clinic_id = old.clinic_id and b.waitlist_automatic) then
      insert into queue.outbox (id, clinic_id, job, payload, run_at)
      values (pg_catalog.gen_random_uuid(), old.clinic_id, 'offer-freed-time', pg_catalog.jsonb_build_object('freedTimeId', freed), pg_catalog.now() + interval '6 minutes');
    end if;
  end if;
  return null;
end $$;
create trigger note_freed_time after update on clinic.sitting for each row execute function clinic.note_freed_time();

create trigger keep_version before update on clinic.waitlist_entry for each row execute function clinic.keep_version();
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['waitlist_entry', 'freed_time', 'waitlist_offer'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  foreach name in array array['waitlist_entry', 'waitlist_offer'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted, own || unrestricted);
  end loop;
  execute format('create policy staff_clinic on clinic.freed_time to chevet_staff using (%s) with check (%s)', own, own);
end $$;
grant select, insert, update on clinic.waitlist_entry to chevet_staff;
grant select, insert, update (sitting_id, status) on clinic.freed_time to chevet_staff;
grant select, insert, update (token_hash, status, booked_id, answered_at) on clinic.waitlist_offer to chevet_staff;

-- A visitor asks to wait, by the address that they proved, and answers the offer that their link opens.
grant insert (clinic_id, id, request_person_id, service_id, location_id, resource_ids, weekdays, from_minute, until_minute, until_date, appointment_id, source) on clinic.waitlist_entry to chevet_visitor;
create policy visitor_ask on clinic.waitlist_entry for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and patient_id is null and author_id is null and source = 'online' and status = 'waiting'
    and appointment_id is not distinct from nullif(current_setting('app.appointment_id', true), '')::uuid);
grant insert (clinic_id, id, service_id, location_id, resource_id, mode, starts_at, duration_minutes, cause) on clinic.freed_time to chevet_visitor;
create policy visitor_leave on clinic.freed_time for insert to chevet_visitor with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and sitting_id is null and status = 'open');
grant select (clinic_id, id, patient_id, request_person_id, appointment_id, sitting_id, service_id, location_id, resource_id, starts_at, ends_at, token_hash, expires_at, status, booked_id),
  update (status, booked_id, answered_at) on clinic.waitlist_offer to chevet_visitor;
create policy visitor_own on clinic.waitlist_offer for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));
create policy visitor_answer on clinic.waitlist_offer for update to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex') and status = 'open')
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex') and status in ('accepted', 'declined'));
-- A place for the patient whose offer the token opened, and for nobody else's.
grant insert (patient_id) on clinic.appointment to chevet_visitor;
drop policy visitor_ask on clinic.appointment;
create policy visitor_ask on clinic.appointment for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and (patient_id is null or patient_id = nullif(current_setting('app.patient_id', true), '')::uuid) and author_id is null and source in ('online', 'waitlist'));

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
  offer record;
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
      -- An offer of the waiting list opens the time that it holds, the visit that it would bring forward, and a place for whom it was made to.
      -- Once it is answered, or another had the time, it opens nothing but its own answer.
      select o.sitting_id, o.appointment_id, o.patient_id, t.id as held into offer from clinic.waitlist_offer o
        left join clinic.sitting t on t.clinic_id = clinic and t.id = o.sitting_id and t.status = 'held' and o.status = 'open' and o.expires_at > pg_catalog.now()
        where o.clinic_id = clinic and o.token_hash = enter.token_hash;
      if found then
        if offer.held is null then return; end if;
        execute pg_catalog.format('set local app.sitting_id = %L', offer.held);
        if offer.appointment_id is not null then execute pg_catalog.format('set local app.appointment_id = %L', offer.appointment_id); end if;
        if offer.patient_id is not null then execute pg_catalog.format('set local app.patient_id = %L', offer.patient_id); end if;
        return;
      end if;
      -- A calendar that subscribed, for as long as its address is not revoked.
      perform from clinic.calendar_feed f where f.clinic_id = clinic and f.token_hash = enter.token_hash and f.revoked_at is null;
      if found then return; end if;
    end if;
    -- Otherwise a clinic is seen by nobody before it has published its page and the host has approved it.
    perform from clinic.public_page g, host.clinic_registration r
      where g.clinic_id = clinic and g.published is not null and r.clinic_id = clinic and r.status = 'approved';
    if not found then
      raise exception 'no page' using errcode = 'insufficient_privilege';
    end if;
  end if;
end $$;

-- Accepts in one round trip and one transaction. Whoever comes second finds the time taken: the clinic's stamp makes them follow each
-- other, and the sitting is held for one only. Bringing a visit forward frees its old time, which is offered in turn.
-- Shape: { accepted: true, appointmentId, moved, again } or { accepted: false, why: 'taken' | 'expired' | 'declined' | 'gone' }; null for no offer.
create function reference.accept_offer(
  clinic uuid, request uuid, token_hash bytea, appointment uuid, access uuid, journal uuid, settle uuid, address inet
) returns jsonb language plpgsql set search_path = '' as $$
declare
  o record;
  s record;
  before uuid;
  moved boolean := false;
begin
  perform reference.enter('visitor', clinic => clinic, request => request, token_hash => token_hash);
  perform from clinic.waitlist_offer w where w.clinic_id = clinic and w.token_hash = accept_offer.token_hash;
  if not found then return null; end if;
  insert into clinic.schedule_stamp as t (clinic_id) values (clinic) on conflict (clinic_id) do update set stamp = t.stamp + 1;
  select w.* into o from (select w.id, w.status, w.booked_id, w.appointment_id, w.patient_id, w.request_person_id, w.sitting_id, w.expires_at
    from clinic.waitlist_offer w where w.clinic_id = clinic and w.token_hash = accept_offer.token_hash) w;
  if o.status = 'accepted' then
    return pg_catalog.jsonb_build_object('accepted', true, 'appointmentId', o.booked_id, 'moved', o.appointment_id is not null, 'again', true);
  end if;
  if o.status = 'declined' then return pg_catalog.jsonb_build_object('accepted', false, 'why', 'declined'); end if;
  select t.id, t.status, t.starts_at, t.ends_at, t.hold_expires_at into s from clinic.sitting t where t.clinic_id = clinic and t.id = o.sitting_id;
  if o.status = 'taken' or s.status = 'booked' then return pg_catalog.jsonb_build_object('accepted', false, 'why', 'taken'); end if;
  if o.status <> 'open' or s.id is null or s.status <> 'held' or s.hold_expires_at <= pg_catalog.now() or o.expires_at <= pg_catalog.now() or s.starts_at <= pg_catalog.now() then
    return pg_catalog.jsonb_build_object('accepted', false, 'why', 'expired');
  end if;
  if o.appointment_id is not null then
    select t.id into before from clinic.appointment a join clinic.sitting t on t.clinic_id = a.clinic_id and t.id = a.sitting_id
      where a.clinic_id = clinic and a.id = o.appointment_id and a.status = 'booked' and t.kind = 'visit' and t.starts_at > s.starts_at;
    if before is null then return pg_catalog.jsonb_build_object('accepted', false, 'why', 'gone'); end if;
  end if;
  execute pg_catalog.format('set local app.sitting_id = %L', o.sitting_id);
  update clinic.sitting t set status = 'booked', hold_hash = null, hold_expires_at = null, version = t.version + 1 where t.clinic_id = clinic and t.id = o.sitting_id;
  if before is not null then
    moved := true;
    appointment := o.appointment_id;
    update clinic.appointment a set sitting_id = o.sitting_id, confirmed_at = pg_catalog.now(), version = a.version + 1 where a.clinic_id = clinic and a.id = appointment;
    execute pg_catalog.format('set local app.sitting_id = %L', before);
    update clinic.sitting t set status = 'cancelled', version = t.version + 1 where t.clinic_id = clinic and t.id = before;
  else
    execute pg_catalog.format('set local app.appointment_id = %L', appointment);
    insert into clinic.appointment (clinic_id, id, sitting_id, patient_id, request_person_id, source)
    values (clinic, appointment, o.sitting_id, o.patient_id, o.request_person_id, 'waitlist');
    -- From now on the link is the visit's own.
    insert into clinic.appointment_access (clinic_id, id, appointment_id, token_hash, expires_at)
    values (clinic, access, appointment, accept_offer.token_hash, s.ends_at + interval '1 day');
  end if;
  update clinic.waitlist_offer w set status = 'accepted', booked_id = appointment, answered_at = pg_catalog.now() where w.clinic_id = clinic and w.id = o.id;
  insert into clinic.audit_event (clinic_id, id, event, action, outcome, entity, entity_ids, agent_role, request_id, address, ground, detail)
  values (clinic, journal, 'waitlist.accepted', 'C', 'success', 'Appointment', array[appointment, o.id], 'visitor', request, address, 'patient-request', '{}');
  insert into queue.outbox (id, clinic_id, job, payload) values (settle, clinic, 'settle-offers', pg_catalog.jsonb_build_object('offerId', o.id));
  return pg_catalog.jsonb_build_object('accepted', true, 'appointmentId', appointment, 'moved', moved, 'again', false);
end $$;
grant execute on function reference.accept_offer to chevet_web;
