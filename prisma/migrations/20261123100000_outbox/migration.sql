-- Jobs and sends. An outbox row is an intent: it is written in the transaction that decided it, and deleted in the
-- transaction that carried it out. A row that exists is work still owed, whatever happened to the queue in between.
-- Nothing here holds an address, a name or a text: only ids, and the database checks it (queue.holds_ids_only).

create function queue.holds_ids_only(payload jsonb) returns boolean
language sql immutable strict parallel safe
set search_path = pg_catalog
return jsonb_typeof(payload) = 'object'
  and octet_length(payload::text) <= 1024
  and not jsonb_path_exists(
    payload,
    'strict $.* ? (@.type() != "string" || !(@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"))'
  );
revoke execute on function queue.holds_ids_only(jsonb) from public;

create table queue.outbox (
  id uuid not null,
  clinic_id uuid,
  job text not null,
  payload jsonb not null,
  run_at timestamptz not null default now(),
  -- The request that asked, so that one id follows the work through the logs of both processes.
  request_id uuid default nullif(current_setting('app.request_id', true), '')::uuid,
  created_at timestamptz not null default now(),
  -- When a relay last handed it to the queue. An old value means that the queue may have lost it: it is handed over again.
  relayed_at timestamptz,
  constraint outbox_pkey primary key (id),
  constraint outbox_job_check check (job ~ '^[a-z]+(-[a-z]+)*$' and length(job) <= 64),
  constraint outbox_payload_check check (queue.holds_ids_only(payload))
);
create index outbox_due_idx on queue.outbox (run_at, id) where relayed_at is null;
create index outbox_relayed_idx on queue.outbox (relayed_at) where relayed_at is not null;

create table queue.dead_letter (
  id uuid not null,
  clinic_id uuid,
  job text not null,
  job_id uuid not null,
  payload jsonb not null,
  -- A code of ours, an SQLSTATE, a system error's name or an SMTP reply code: never a message, which may quote a value.
  error_code text not null,
  attempts integer not null,
  failed_at timestamptz not null default now(),
  -- An operator asks for a replay by setting these two; a relay puts the job back and notes it.
  replayed_at timestamptz,
  replayed_by uuid,
  requeued_as uuid,
  constraint dead_letter_pkey primary key (id),
  constraint dead_letter_job_id_key unique (job_id),
  constraint dead_letter_job_check check (job ~ '^[a-z]+(-[a-z]+)*$' and length(job) <= 64),
  constraint dead_letter_payload_check check (queue.holds_ids_only(payload)),
  constraint dead_letter_error_code_check check (error_code ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  constraint dead_letter_attempts_check check (attempts >= 0),
  constraint dead_letter_replayed_check check ((replayed_at is null) = (replayed_by is null)),
  constraint dead_letter_requeued_check check (requeued_as is null or replayed_at is not null)
);
create index dead_letter_failed_idx on queue.dead_letter (failed_at desc, id desc);
create index dead_letter_asked_idx on queue.dead_letter (replayed_at) where replayed_at is not null and requeued_as is null;

create table queue.delivery (
  id uuid not null,
  -- Null for the platform's own mail (sign-up, sign-in), which the host watches over; a clinic's mail is its own affair.
  clinic_id uuid,
  channel text not null,
  kind text not null,
  subject jsonb not null,
  locale text not null,
  -- Set before the first word to the server, kept for ever after: the receiving side can recognise a second copy.
  message_id text,
  state text not null default 'pending',
  attempts integer not null default 0,
  error_code text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  settled_at timestamptz,
  constraint delivery_pkey primary key (id),
  constraint delivery_message_id_key unique (message_id),
  constraint delivery_channel_check check (channel in ('email', 'sms')),
  constraint delivery_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 64),
  constraint delivery_subject_check check (queue.holds_ids_only(subject)),
  constraint delivery_locale_check check (locale in ('fr', 'en')),
  constraint delivery_state_check check (state in ('pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled')),
  constraint delivery_attempts_check check (attempts >= 0),
  constraint delivery_error_code_check check (error_code ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  constraint delivery_message_id_check check (state not in ('sending', 'sent', 'unknown') or message_id is not null),
  constraint delivery_settled_check check ((settled_at is null) = (state in ('pending', 'sending')))
);
create index delivery_clinic_idx on queue.delivery (clinic_id, created_at desc, id desc);
create index delivery_unsettled_idx on queue.delivery (created_at, id) where state = 'unknown';

-- The relay polls in any case; the notice only spares the wait. Several in one transaction are folded into one.
create function queue.wake_relay() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  perform pg_notify('chevet_outbox', '');
  return null;
end
$$;
revoke execute on function queue.wake_relay() from public;
create trigger outbox_wake after insert on queue.outbox for each statement execute function queue.wake_relay();
create trigger dead_letter_wake after update of replayed_at on queue.dead_letter for each statement execute function queue.wake_relay();

alter table queue.outbox enable row level security;
alter table queue.outbox force row level security;
alter table queue.dead_letter enable row level security;
alter table queue.dead_letter force row level security;
alter table queue.delivery enable row level security;
alter table queue.delivery force row level security;

-- Who works inside a clinic may ask for that clinic's work only; who may work outside any clinic, for the one it is in or for none.
-- The row of a job is deleted in the transaction that does the deed; as staff, only by the worker, which acts for no person.
create policy outbox_staff on queue.outbox for all to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and nullif(current_setting('app.user_id', true), '') is null)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_patient on queue.outbox for all to chevet_patient
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_visitor on queue.outbox for all to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_registrar on queue.outbox for all to chevet_registrar
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_auth on queue.outbox for all to chevet_auth
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_host on queue.outbox for all to chevet_host
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
-- Roles of the worker alone: they delete the row of their job too.
create policy outbox_billing on queue.outbox for all to chevet_billing
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_sealer on queue.outbox for all to chevet_sealer
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy outbox_mover on queue.outbox for all to chevet_mover
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
-- The relay serves every clinic, and sees nothing but clinic, ids and times.
create policy outbox_relay on queue.outbox for all to chevet_relay using (true) with check (true);

create policy dead_letter_relay on queue.dead_letter for all to chevet_relay using (true) with check (true);
create policy dead_letter_host on queue.dead_letter for all to chevet_host using (true) with check (true);

create policy delivery_staff on queue.delivery for all to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy delivery_patient on queue.delivery for all to chevet_patient
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy delivery_visitor on queue.delivery for all to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy delivery_registrar on queue.delivery for all to chevet_registrar
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy delivery_auth on queue.delivery for all to chevet_auth
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
-- The host reads the platform's own sends; a clinic's stay out of its sight.
create policy delivery_host on queue.delivery for all to chevet_host
  using (clinic_id is null)
  with check (clinic_id is null);
create policy delivery_billing on queue.delivery for all to chevet_billing
  using (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id is not distinct from nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy delivery_relay on queue.delivery for all to chevet_relay using (true) with check (true);

-- Insert only, and only the columns that say what is wanted: state and times belong to the relay.
grant insert (id, clinic_id, job, payload, run_at) on queue.outbox
  to chevet_staff, chevet_patient, chevet_visitor, chevet_registrar, chevet_auth, chevet_host, chevet_billing, chevet_sealer, chevet_mover;
grant select (id, clinic_id), delete on queue.outbox to chevet_staff, chevet_billing, chevet_sealer, chevet_mover;
grant select, insert, update (relayed_at), delete on queue.outbox to chevet_relay;

grant select, insert, update (requeued_as), delete on queue.dead_letter to chevet_relay;
-- That a job died, of which clinic, with which code: not its payload, which may say that somebody is a patient there.
grant select (id, clinic_id, job, job_id, error_code, attempts, failed_at, replayed_at, replayed_by, requeued_as), update (replayed_at, replayed_by)
  on queue.dead_letter to chevet_host;

grant insert (id, clinic_id, channel, kind, subject, locale) on queue.delivery
  to chevet_staff, chevet_patient, chevet_visitor, chevet_registrar, chevet_auth, chevet_host, chevet_billing;
grant select on queue.delivery to chevet_staff, chevet_host;
grant select, update (message_id, state, attempts, error_code, started_at, settled_at), delete on queue.delivery to chevet_relay;

-- A check runs as the role that writes.
grant execute on function queue.holds_ids_only(jsonb)
  to chevet_staff, chevet_patient, chevet_visitor, chevet_registrar, chevet_auth, chevet_host, chevet_billing, chevet_sealer, chevet_mover,
     chevet_relay;
