-- What can be booked, by whom and when: services, what each needs, hours, and exceptions to them. Wall time is a date and the
-- minutes since midnight, beside a zone (promise 9); the instant is derived from them by PostgreSQL alone.

-- Everything a visit may need: a practitioner, a room, a device. A practitioner is a resource under their own id.
create table clinic.resource (
  clinic_id uuid not null constraint resource_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  kind text not null constraint resource_kind check (kind in ('practitioner', 'room', 'device')),
  practitioner_id uuid,
  -- Where a room or a device stands. A practitioner works where their hours say.
  location_id uuid,
  name text not null default '' constraint resource_name_length check (length(name) <= 200),
  -- « salle d’examen », « ultrason »: a service may ask for any of a type.
  type text not null default '' constraint resource_type_length check (length(type) <= 100),
  status text not null default 'active' constraint resource_status check (status in ('active', 'inactive')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint resource_pkey primary key (clinic_id, id),
  constraint resource_is_practitioner check (kind <> 'practitioner' or practitioner_id is not null),
  constraint resource_practitioner_key unique (clinic_id, practitioner_id),
  constraint resource_stands check (kind = 'practitioner' or location_id is not null),
  constraint resource_named check (kind = 'practitioner' or name <> ''),
  constraint resource_practitioner_fk foreign key (clinic_id, practitioner_id) references clinic.practitioner (clinic_id, id) on delete restrict,
  constraint resource_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict
);
create index resource_location_idx on clinic.resource (clinic_id, location_id) where location_id is not null;
create unique index resource_name_key on clinic.resource (clinic_id, location_id, name) where location_id is not null and status = 'active';

create table clinic.healthcare_service (
  clinic_id uuid not null constraint healthcare_service_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  name text not null constraint healthcare_service_name_length check (length(name) between 1 and 200),
  name_en text not null default '' constraint healthcare_service_name_en_length check (length(name_en) <= 200),
  description text not null default '' constraint healthcare_service_description_length check (length(description) <= 2000),
  description_en text not null default '' constraint healthcare_service_description_en_length check (length(description_en) <= 2000),
  -- What to bring or do before: shown behind the link of a booked visit only (AC-63).
  preparation text not null default '' constraint healthcare_service_preparation_length check (length(preparation) <= 2000),
  preparation_en text not null default '' constraint healthcare_service_preparation_en_length check (length(preparation_en) <= 2000),
  duration_minutes int not null constraint healthcare_service_duration check (duration_minutes between 5 and 720),
  -- How far apart the times offered are, counted from the opening.
  step_minutes int not null default 15 constraint healthcare_service_step check (step_minutes between 5 and 240),
  buffer_before_minutes int not null default 0 constraint healthcare_service_buffer_before check (buffer_before_minutes between 0 and 180),
  buffer_after_minutes int not null default 0 constraint healthcare_service_buffer_after check (buffer_after_minutes between 0 and 180),
  price_cents bigint constraint healthcare_service_price check (price_cents between 0 and 10000000),
  cost_shown boolean not null default false,
  -- Paid by the public plan: no price is ever shown beside it.
  insured boolean not null default false,
  modes text[] not null default '{in-person}' constraint healthcare_service_modes check (cardinality(modes) between 1 and 3 and modes <@ '{in-person,phone,video}'::text[]),
  video_link text not null default '' constraint healthcare_service_video_link check (video_link = '' or (video_link ~ '^https://' and length(video_link) <= 500)),
  color text not null default 'sapin' constraint healthcare_service_color check (color in ('sapin', 'encre', 'ciel', 'lampe', 'brique', 'prune', 'mousse', 'ardoise')),
  -- On the public page, or for staff only.
  online boolean not null default false,
  audience text not null default 'anyone' constraint healthcare_service_audience check (audience in ('anyone', 'new', 'existing', 'code')),
  code_hash bytea constraint healthcare_service_code_hash_length check (octet_length(code_hash) = 32),
  notice_minutes int not null default 120 constraint healthcare_service_notice check (notice_minutes between 0 and 129600),
  horizon_days int not null default 90 constraint healthcare_service_horizon check (horizon_days between 1 and 730),
  -- Visits of this service per day, for each of the practitioners who give it.
  daily_limit int constraint healthcare_service_daily_limit check (daily_limit between 1 and 200),
  -- More than one: staff open the sittings, and people take a place in them.
  capacity int not null default 1 constraint healthcare_service_capacity check (capacity between 1 and 200),
  cancel_notice_minutes int not null default 1440 constraint healthcare_service_cancel_notice check (cancel_notice_minutes between 0 and 43200),
  rank int not null default 100 constraint healthcare_service_rank check (rank between 0 and 10000),
  status text not null default 'active' constraint healthcare_service_status check (status in ('active', 'inactive')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint healthcare_service_pkey primary key (clinic_id, id),
  constraint healthcare_service_insured_price check (not (insured and cost_shown)),
  constraint healthcare_service_cost_shown check (not cost_shown or price_cents is not null),
  constraint healthcare_service_code check ((audience = 'code') = (code_hash is not null))
);
create unique index healthcare_service_name_key on clinic.healthcare_service (clinic_id, name) where status = 'active';

-- « One of these practitioners », « two nurses of four », « a room of this type ». The first (lowest rank) is the one whose
-- hours lead: the column of the agenda where the visit stands.
create table clinic.service_requirement (
  clinic_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  rank int not null constraint service_requirement_rank check (rank between 1 and 10000),
  kind text not null constraint service_requirement_kind check (kind in ('practitioner', 'room', 'device')),
  quantity int not null default 1 constraint service_requirement_quantity check (quantity between 1 and 10),
  -- Any active resource of this type at the visit's location; '' when the candidates are named one by one.
  resource_type text not null default '' constraint service_requirement_type_length check (length(resource_type) <= 100),
  constraint service_requirement_pkey primary key (clinic_id, id),
  constraint service_requirement_rank_key unique (clinic_id, service_id, rank),
  constraint service_requirement_type check (resource_type = '' or kind <> 'practitioner'),
  constraint service_requirement_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict
);

create table clinic.service_candidate (
  clinic_id uuid not null,
  id uuid not null,
  requirement_id uuid not null,
  resource_id uuid not null,
  constraint service_candidate_pkey primary key (clinic_id, id),
  constraint service_candidate_once unique (clinic_id, requirement_id, resource_id),
  constraint service_candidate_requirement_fk foreign key (clinic_id, requirement_id) references clinic.service_requirement (clinic_id, id) on delete restrict,
  constraint service_candidate_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict
);
create index service_candidate_resource_idx on clinic.service_candidate (clinic_id, resource_id);

-- Weekly hours. Without a resource: the opening hours of a location, shown in public. « closed » takes away: a lunch, a
-- service not given on Fridays, no new patient that morning.
create table clinic.schedule_rule (
  clinic_id uuid not null,
  id uuid not null,
  resource_id uuid,
  location_id uuid not null,
  kind text not null default 'open' constraint schedule_rule_kind check (kind in ('open', 'closed')),
  -- ISO 8601: 1 is Monday.
  weekday int not null constraint schedule_rule_weekday check (weekday between 1 and 7),
  from_minute int not null constraint schedule_rule_from check (from_minute between 0 and 1439),
  until_minute int not null constraint schedule_rule_until check (until_minute between 1 and 1440),
  -- null: every service (open), or none at all (closed).
  service_id uuid,
  -- A closed rule that is for new patients only.
  new_patients boolean not null default false,
  valid_from date not null,
  valid_until date,
  -- Every second week, counted from the week of valid_from.
  every_weeks int not null default 1 constraint schedule_rule_every check (every_weeks between 1 and 8),
  status text not null default 'active' constraint schedule_rule_status check (status in ('active', 'removed')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint schedule_rule_pkey primary key (clinic_id, id),
  constraint schedule_rule_order check (from_minute < until_minute),
  constraint schedule_rule_validity check (valid_until is null or valid_until >= valid_from),
  constraint schedule_rule_new_patients check (not new_patients or kind = 'closed'),
  constraint schedule_rule_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict,
  constraint schedule_rule_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict,
  constraint schedule_rule_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict
);
create index schedule_rule_resource_idx on clinic.schedule_rule (clinic_id, resource_id, weekday);

-- Once: a leave, a closure, a holiday, or hours beside the usual ones. Without a resource it is everybody's; without a
-- location, everywhere. It moves no visit: those it meets become a list of work.
create table clinic.schedule_exception (
  clinic_id uuid not null constraint schedule_exception_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  resource_id uuid,
  location_id uuid,
  kind text not null constraint schedule_exception_kind check (kind in ('open', 'closed')),
  reason text not null constraint schedule_exception_reason check (reason in ('leave', 'closure', 'holiday', 'extra', 'other')),
  -- For staff: why somebody is away is nobody else's affair.
  title text not null default '' constraint schedule_exception_title_length check (length(title) <= 200),
  from_date date not null constraint schedule_exception_from_range check (from_date between date '2000-01-01' and date '2200-01-01'),
  from_minute int not null default 0 constraint schedule_exception_from check (from_minute between 0 and 1439),
  until_date date not null constraint schedule_exception_until_range check (until_date between date '2000-01-01' and date '2200-01-01'),
  until_minute int not null default 1440 constraint schedule_exception_until check (until_minute between 1 and 1440),
  time_zone text not null,
  starts_at timestamptz not null generated always as ((from_date + make_interval(mins => from_minute)) at time zone time_zone) stored,
  ends_at timestamptz not null generated always as ((until_date + make_interval(mins => until_minute)) at time zone time_zone) stored,
  status text not null default 'active' constraint schedule_exception_status check (status in ('active', 'removed')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint schedule_exception_pkey primary key (clinic_id, id),
  constraint schedule_exception_order check (from_date < until_date or (from_date = until_date and from_minute < until_minute)),
  constraint schedule_exception_open_somewhere check (kind = 'closed' or (resource_id is not null and location_id is not null)),
  constraint schedule_exception_resource_fk foreign key (clinic_id, resource_id) references clinic.resource (clinic_id, id) on delete restrict,
  constraint schedule_exception_location_fk foreign key (clinic_id, location_id) references clinic.location (clinic_id, id) on delete restrict
);
create index schedule_exception_window_idx on clinic.schedule_exception (clinic_id, ends_at, starts_at);

-- How a clinic books, in one row; the defaults hold while there is none.
create table clinic.booking_policy (
  clinic_id uuid not null constraint booking_policy_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  hold_minutes int not null default 10 constraint booking_policy_hold check (hold_minutes between 2 and 30),
  -- A freed time is offered by staff, unless the clinic lets the offer leave by itself.
  waitlist_automatic boolean not null default false,
  offer_minutes int not null default 120 constraint booking_policy_offer check (offer_minutes between 5 and 2880),
  -- No message between these two, in the clinic's wall time.
  quiet_from_minute int not null default 1260 constraint booking_policy_quiet_from check (quiet_from_minute between 0 and 1439),
  quiet_until_minute int not null default 480 constraint booking_policy_quiet_until check (quiet_until_minute between 0 and 1439),
  -- How long one may wait in the room before the board says so.
  wait_limit_minutes int not null default 20 constraint booking_policy_wait check (wait_limit_minutes between 5 and 240),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint booking_policy_pkey primary key (clinic_id)
);

-- The clinic's page for everybody: what is being prepared, and what is published.
create table clinic.public_page (
  clinic_id uuid not null constraint public_page_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  draft jsonb not null default '{}' constraint public_page_draft_size check (pg_column_size(draft) <= 32768),
  published jsonb constraint public_page_published_size check (pg_column_size(published) <= 32768),
  published_at timestamptz,
  published_by uuid,
  -- Sites that may frame the page (scheme and host, nothing else).
  frame_origins text[] not null default '{}' constraint public_page_frame_origins check (cardinality(frame_origins) <= 20),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint public_page_pkey primary key (clinic_id),
  constraint public_page_published_whole check ((published is null) = (published_at is null) and (published is null) = (published_by is null))
);

-- Raised by every write that can change what is free. A write takes it first, so that the writes of one clinic's schedule follow
-- each other and never lock each other out; whoever kept an answer asks whether it still holds with one read.
create table clinic.schedule_stamp (
  clinic_id uuid not null,
  stamp bigint not null default 1,
  constraint schedule_stamp_pkey primary key (clinic_id)
);

create function clinic.touch_schedule() returns trigger language plpgsql set search_path = '' as $$
declare
  clinic uuid := nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid;
begin
  -- Without a clinic nothing can be written anyway: row security says so.
  if clinic is null then return null; end if;
  insert into clinic.schedule_stamp (clinic_id) values (clinic)
    on conflict (clinic_id) do update set stamp = schedule_stamp.stamp + 1;
  -- Folded into one per transaction: who watches this clinic reads again.
  perform pg_catalog.pg_notify('chevet_schedule', clinic::text);
  return null;
end $$;

-- A practitioner can be booked from the day they are added.
create function clinic.make_resource() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into clinic.resource (clinic_id, id, kind, practitioner_id) values (new.clinic_id, new.id, 'practitioner', new.id);
  return null;
end $$;
-- Those who are there already; the owner sees them for this once.
alter table clinic.practitioner no force row level security;
insert into clinic.resource (clinic_id, id, kind, practitioner_id) select clinic_id, id, 'practitioner', id from clinic.practitioner;
alter table clinic.practitioner force row level security;
create trigger make_resource after insert on clinic.practitioner for each row execute function clinic.make_resource();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  foreach name in array array['resource', 'healthcare_service', 'service_requirement', 'service_candidate', 'schedule_rule',
    'schedule_exception', 'booking_policy', 'public_page', 'schedule_stamp'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
  end loop;
  foreach name in array array['healthcare_service', 'schedule_rule', 'schedule_exception', 'booking_policy', 'public_page'] loop
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
  end loop;
  -- A resource stays what it is.
  grant select, insert, update (location_id, name, type, status, last_updated, version, change_number, change_txid) on clinic.resource to chevet_staff;
  foreach name in array array['resource', 'healthcare_service', 'schedule_rule', 'schedule_exception', 'booking_policy', 'public_page'] loop
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
  end loop;
  -- What a service needs is replaced as a whole; the service's own version tells when.
  foreach name in array array['service_requirement', 'service_candidate'] loop
    execute format('grant select, insert, delete on clinic.%I to chevet_staff', name);
  end loop;
  foreach name in array array['resource', 'healthcare_service', 'service_requirement', 'service_candidate', 'schedule_rule', 'schedule_exception'] loop
    execute format('create trigger touch_schedule before insert or update or delete on clinic.%I for each statement execute function clinic.touch_schedule()', name);
  end loop;
  grant select, insert, update on clinic.schedule_stamp to chevet_staff;
end $$;
create trigger touch_schedule before update on clinic.location for each statement execute function clinic.touch_schedule();
create trigger touch_schedule before update on clinic.practitioner for each statement execute function clinic.touch_schedule();

-- What a visitor may see of a clinic that has published its page: what it offers and when, and nothing about anybody's visit.
grant select (clinic_id, id, kind, practitioner_id, location_id, name, type, status) on clinic.resource to chevet_visitor;
grant select on clinic.healthcare_service, clinic.service_requirement, clinic.service_candidate, clinic.schedule_rule, clinic.booking_policy to chevet_visitor;
grant select (clinic_id, id, resource_id, location_id, kind, reason, starts_at, ends_at, status) on clinic.schedule_exception to chevet_visitor;
grant select (clinic_id, published, published_at, frame_origins) on clinic.public_page to chevet_visitor;
grant select, insert, update on clinic.schedule_stamp to chevet_visitor;
grant select (clinic_id, id, name, address_line, city, postal_code, phone, time_zone, status) on clinic.location to chevet_visitor;
grant select (clinic_id, id, prefix, family_name, given_name, profession, professional_order, permit_number, status) on clinic.practitioner to chevet_visitor;
grant select (clinic_id, slug, display_name, time_zone, region, status) on host.clinic_registration to chevet_visitor;
create policy visitor_clinic on host.clinic_registration for select to chevet_visitor using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy visitor_clinic on clinic.location for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'active');
create policy visitor_clinic on clinic.practitioner for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'active');
create policy visitor_clinic on clinic.healthcare_service for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'active');
create policy visitor_clinic on clinic.public_page for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and published is not null);
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  foreach name in array array['resource', 'service_requirement', 'service_candidate', 'schedule_rule', 'schedule_exception', 'booking_policy'] loop
    execute format('create policy visitor_clinic on clinic.%I for select to chevet_visitor using (%s)', name, own);
  end loop;
  execute format('create policy visitor_clinic on clinic.schedule_stamp to chevet_visitor using (%s) with check (%s)', own, own);
end $$;
