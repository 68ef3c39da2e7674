-- What the clinic writes to people about their visits: when, in which words, to whom it may, and how each send ended.
-- A change of a visit asks for its messages to be planned anew, in the change's own transaction and whoever makes it: the trigger
-- only says which visit (queue.outbox), and the worker plans. A visitor sees no rule and no message, and somebody from whom a
-- patient is hidden sees no appointment of theirs: neither could plan, and neither can make the plan be forgotten.

create table clinic.reminder_rule (
  clinic_id uuid not null constraint reminder_rule_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  channel text not null constraint reminder_rule_channel check (channel in ('email', 'sms')),
  -- Whole days are counted on the calendar, hours by the clock.
  before_minutes int not null constraint reminder_rule_before check (before_minutes between 30 and 43200),
  all_services boolean not null default true,
  -- Also to who has said already that they come.
  even_confirmed boolean not null default false,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint reminder_rule_pkey primary key (clinic_id, id)
);

create table clinic.reminder_rule_service (
  clinic_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  service_id uuid not null,
  constraint reminder_rule_service_pkey primary key (clinic_id, id),
  constraint reminder_rule_service_once unique (clinic_id, rule_id, service_id),
  constraint reminder_rule_service_rule_fk foreign key (clinic_id, rule_id) references clinic.reminder_rule (clinic_id, id) on delete restrict,
  constraint reminder_rule_service_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict
);

-- The clinic's own words, in one row: `{ "reminder.email.fr": { "subject": …, "body": … } }`. Where it says nothing, ours.
create table clinic.message_wording (
  clinic_id uuid not null constraint message_wording_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  texts jsonb not null default '{}' constraint message_wording_texts check (jsonb_typeof(texts) = 'object' and pg_column_size(texts) <= 65536),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint message_wording_pkey primary key (clinic_id)
);

-- The plan and the ledger of each message, as honest as queue.delivery: no address, no text.
create table clinic.visit_message (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  kind text not null constraint visit_message_kind check (kind in ('confirmation', 'moved', 'cancelled', 'reminder')),
  channel text not null constraint visit_message_channel check (channel in ('email', 'sms')),
  -- What the message is about: a visit that is no longer there and then is not reminded.
  starts_at timestamptz not null,
  location_id uuid not null,
  -- Of a reminder: the rule's, so that one rule reminds once of one time.
  before_minutes int constraint visit_message_before check (before_minutes between 30 and 43200),
  even_confirmed boolean not null default false,
  made_by text not null constraint visit_message_made_by check (made_by in ('rule', 'change', 'hand')),
  due_at timestamptz not null,
  status text not null default 'planned' constraint visit_message_status check (status in ('planned', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled')),
  reason text not null default '' constraint visit_message_reason check (reason ~ '^[a-z]*(-[a-z]+)*$' and length(reason) <= 40),
  error_code text constraint visit_message_error_code check (error_code ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  provider_id text constraint visit_message_provider_id check (provider_id ~ '^[A-Za-z0-9_.:@<>-]{1,120}$'),
  segments int constraint visit_message_segments check (segments between 1 and 20),
  attempts int not null default 0 constraint visit_message_attempts check (attempts >= 0),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  settled_at timestamptz,
  constraint visit_message_pkey primary key (clinic_id, id),
  constraint visit_message_reminder check ((kind = 'reminder') = (before_minutes is not null)),
  constraint visit_message_settled check ((settled_at is null) = (status in ('planned', 'sending'))),
  constraint visit_message_appointment_fk foreign key (clinic_id, appointment_id) references clinic.appointment (clinic_id, id) on delete restrict
);
create index visit_message_appointment_idx on clinic.visit_message (clinic_id, appointment_id);
create index visit_message_list_idx on clinic.visit_message (clinic_id, due_at, id);
create index visit_message_unsettled_idx on clinic.visit_message (clinic_id, status, due_at, id) where status in ('planned', 'sending', 'failed', 'unknown', 'skipped');
-- Planned twice at once (two workers), it is planned once.
create unique index visit_message_reminder_key on clinic.visit_message (clinic_id, appointment_id, channel, before_minutes, starts_at)
  where kind = 'reminder' and made_by = 'rule' and status <> 'cancelled';
create unique index visit_message_notice_key on clinic.visit_message (clinic_id, appointment_id)
  where kind <> 'reminder' and made_by = 'change' and status = 'planned';

-- Whether the clinic may write to an address, and whether it arrives there (AC-62): by the address's keyed hash, so that it holds
-- for a patient, for who asked online and for whoever shares the address, and is itself none.
create table clinic.contact_standing (
  clinic_id uuid not null constraint contact_standing_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  channel text not null constraint contact_standing_channel check (channel in ('email', 'sms')),
  contact_hash bytea not null constraint contact_standing_contact_length check (octet_length(contact_hash) = 32),
  -- About one's own care: a mail needs no consent, a text message does.
  care text not null default 'unasked' constraint contact_standing_care check (care in ('unasked', 'granted', 'withdrawn')),
  -- Anything else needs an express consent, kept with its words, day and source.
  promotional text not null default 'unasked' constraint contact_standing_promotional check (promotional in ('unasked', 'granted', 'withdrawn')),
  consent_text text not null default '' constraint contact_standing_text_length check (length(consent_text) <= 1000),
  source text not null default '' constraint contact_standing_source check (source in ('', 'staff', 'booking', 'link', 'stop')),
  decided_at timestamptz,
  bounced_at timestamptz,
  bounce_code text constraint contact_standing_bounce_code check (bounce_code ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint contact_standing_pkey primary key (clinic_id, id),
  constraint contact_standing_contact_key unique (clinic_id, channel, contact_hash),
  constraint contact_standing_decided check ((source = '') = (decided_at is null)),
  constraint contact_standing_express check (promotional <> 'granted' or (consent_text <> '' and source in ('staff', 'booking'))),
  constraint contact_standing_bounced check ((bounced_at is null) = (bounce_code is null))
);
create index contact_standing_bounced_idx on clinic.contact_standing (clinic_id, bounced_at) where bounced_at is not null;

-- Where a message's own way out leads: the link in a mail, or a STOP from a number. Whoever follows it is in no clinic yet.
create table queue.contact_link (
  -- The standing's own id.
  id uuid not null,
  clinic_id uuid not null,
  token_hash bytea not null constraint contact_link_token_length check (octet_length(token_hash) = 32),
  -- Of a text message: the number's hash, keyed for the whole installation, since a provider's number serves every clinic.
  number_hash bytea constraint contact_link_number_length check (octet_length(number_hash) = 32),
  created_at timestamptz not null default now(),
  constraint contact_link_pkey primary key (id),
  constraint contact_link_token_key unique (token_hash)
);
create index contact_link_number_idx on queue.contact_link (number_hash) where number_hash is not null;

-- Which replies were read already: a STOP counts once, so that a consent given after it stays.
create table queue.text_reply (
  provider text not null constraint text_reply_provider check (provider ~ '^[a-z]{1,20}$'),
  reply_id text not null constraint text_reply_id check (reply_id ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  seen_at timestamptz not null default now(),
  constraint text_reply_pkey primary key (provider, reply_id)
);

-- The end of the quiet hours that `at` falls in, by the wall clock of `zone`; null when it falls in none. The hours may go over midnight.
create function clinic.quiet_until(at timestamptz, zone text, from_minute int, until_minute int) returns timestamptz
language sql stable set search_path = pg_catalog as $$
  select case
    when from_minute = until_minute then null
    when from_minute < until_minute and not (w.minute >= from_minute and w.minute < until_minute) then null
    when from_minute > until_minute and w.minute < from_minute and w.minute >= until_minute then null
    else (w.day + make_interval(days => case when from_minute > until_minute and w.minute >= from_minute then 1 else 0 end, mins => until_minute)) at time zone zone
  end
  from (select date_trunc('day', at at time zone zone) as day, (extract(hour from at at time zone zone) * 60 + extract(minute from at at time zone zone))::int as minute) w
$$;

-- When a reminder leaves: so long before, but not in the quiet hours. It waits for their end as long as that leaves half an hour
-- before the visit; otherwise it leaves half an hour before they begin.
create function clinic.reminder_due(day date, minute int, zone text, before_minutes int, quiet_zone text, quiet_from int, quiet_to int) returns timestamptz
language plpgsql stable set search_path = pg_catalog as $$
declare
  wall constant timestamp := day + make_interval(mins => minute);
  starts constant timestamptz := wall at time zone zone;
  due timestamptz := starts - make_interval(mins => before_minutes);
  ends timestamptz;
  quiet_day timestamp;
begin
  -- « Two days before » is the same time of the day, whatever the clocks do meanwhile.
  if before_minutes % 1440 = 0 then due := (wall - make_interval(days => before_minutes / 1440)) at time zone zone; end if;
  ends := clinic.quiet_until(due, quiet_zone, quiet_from, quiet_to);
  if ends is null then return due; end if;
  if ends <= starts - interval '30 minutes' then return ends; end if;
  quiet_day := date_trunc('day', ends at time zone quiet_zone) - make_interval(days => case when quiet_from > quiet_to then 1 else 0 end);
  return (quiet_day + make_interval(mins => quiet_from - 30)) at time zone quiet_zone;
end $$;
grant execute on function clinic.quiet_until, clinic.reminder_due to chevet_staff;

create function clinic.plan_appointment() returns trigger language plpgsql set search_path = '' as $$
begin
  -- What a clinic brings along when it moves in was told elsewhere: it is planned as a whole, without a notice.
  if current_user = 'chevet_mover' then return null; end if;
  -- A visit that has begun is told of to nobody.
  if not exists (select from clinic.sitting s where s.clinic_id = new.clinic_id and s.id = new.sitting_id and s.starts_at > pg_catalog.now()) then return null; end if;
  insert into queue.outbox (id, clinic_id, job, payload)
    values (pg_catalog.gen_random_uuid(), new.clinic_id, 'plan-appointment', pg_catalog.jsonb_build_object('appointmentId', new.id));
  return null;
end $$;
create trigger plan_messages after insert or update of sitting_id, status, patient_id, confirmed_at on clinic.appointment
  for each row execute function clinic.plan_appointment();

-- By the sitting, and not by who has a place in it: whoever moves it may not see them all.
create function clinic.plan_sitting() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or new.kind = 'block' or old.status = 'held' or new.status = 'held' or greatest(old.starts_at, new.starts_at) <= pg_catalog.now() then return null; end if;
  if (new.starts_at, new.location_id, new.service_id, new.status) is not distinct from (old.starts_at, old.location_id, old.service_id, old.status) then return null; end if;
  insert into queue.outbox (id, clinic_id, job, payload)
    values (pg_catalog.gen_random_uuid(), new.clinic_id, 'plan-sitting', pg_catalog.jsonb_build_object('sittingId', new.id));
  return null;
end $$;
create trigger plan_messages after update on clinic.sitting for each row execute function clinic.plan_sitting();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  foreach name in array array['reminder_rule', 'reminder_rule_service', 'message_wording', 'visit_message', 'contact_standing'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
  end loop;
  foreach name in array array['reminder_rule', 'message_wording', 'contact_standing'] loop
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
  end loop;
end $$;
grant select, insert, delete on clinic.reminder_rule_service to chevet_staff;
grant select, insert, update (channel, due_at, status, reason, error_code, provider_id, segments, attempts, started_at, settled_at) on clinic.visit_message to chevet_staff;

alter table queue.contact_link enable row level security;
alter table queue.contact_link force row level security;
create policy contact_link_staff on queue.contact_link for insert to chevet_staff
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy contact_link_auth on queue.contact_link for select to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));
create policy contact_link_relay on queue.contact_link for select to chevet_relay using (true);
grant insert (id, clinic_id, token_hash, number_hash) on queue.contact_link to chevet_staff;
grant select (id, clinic_id, token_hash) on queue.contact_link to chevet_auth;
grant select (id, clinic_id, number_hash) on queue.contact_link to chevet_relay;

alter table queue.text_reply enable row level security;
alter table queue.text_reply force row level security;
create policy text_reply_relay on queue.text_reply to chevet_relay using (true) with check (true);
grant select, insert, delete on queue.text_reply to chevet_relay;
