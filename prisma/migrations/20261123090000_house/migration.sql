-- The kernel that every later migration stands on: what a function may be called by, and the one door of a transaction.

alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;

create extension if not exists btree_gist schema reference;
create extension if not exists btree_gin schema reference;
create extension if not exists pg_trgm schema reference;
create extension if not exists unaccent schema reference;

grant usage on schema clinic to chevet_staff, chevet_patient, chevet_visitor, chevet_registrar, chevet_sealer, chevet_mover, chevet_search;
grant usage on schema identity to chevet_staff, chevet_auth, chevet_registrar, chevet_sealer;
grant usage on schema host to chevet_staff, chevet_auth, chevet_registrar, chevet_host, chevet_visitor, chevet_relay;
grant usage on schema queue to chevet_staff, chevet_patient, chevet_visitor, chevet_auth, chevet_registrar, chevet_host, chevet_billing, chevet_relay, chevet_sealer, chevet_mover, chevet_queue;
grant usage on schema reference to chevet_web, chevet_worker, chevet_staff, chevet_patient, chevet_visitor, chevet_auth, chevet_registrar, chevet_host, chevet_billing, chevet_relay, chevet_sealer, chevet_mover, chevet_search;

------------------------------------------------------------------------------------------------------------------
-- identity: people who sign in. `chevet_auth` sees only the row whose key it was given: a session's hash, a token's
-- hash, an e-mail typed at sign-in, or the person it has already proved to be.

create table identity."user" (
  id uuid primary key,
  email text not null constraint user_email_normalised check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
  email_verified_at timestamptz,
  display_name text not null constraint user_display_name_length check (length(display_name) between 1 and 200),
  locale text not null default 'fr' constraint user_locale check (locale in ('fr', 'en')),
  status text not null default 'active' constraint user_status check (status in ('active', 'disabled')),
  password_hash text,
  password_changed_at timestamptz,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  constraint user_email_key unique (email)
);

create table identity.session (
  id uuid primary key,
  token_hash bytea not null constraint session_token_hash_key unique constraint session_token_hash_length check (octet_length(token_hash) = 32),
  realm text not null constraint session_realm check (realm in ('staff', 'patient', 'host')),
  user_id uuid not null constraint session_user_fk references identity."user" (id) on delete restrict,
  -- Set when a clinic's own OpenID Connect door opened it: the session is good for that clinic alone.
  clinic_id uuid,
  method text not null constraint session_method check (method in ('password', 'passkey', 'oidc')),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idle_minutes int not null default 15 constraint session_idle_minutes check (idle_minutes between 1 and 480),
  locked_at timestamptz,
  revoked_at timestamptz,
  second_factor_at timestamptz,
  -- Proved again just now (password, passkey or code): what dangerous acts ask for.
  confirmed_at timestamptz not null default now(),
  address inet,
  device text not null default '' constraint session_device_length check (length(device) <= 200),
  place text not null default '' constraint session_place_length check (length(place) <= 200)
);
create index session_user_idx on identity.session (user_id, created_at desc);

-- A person's place in one clinic. Names and e-mail here belong to the clinic's own list of members, so that staff never
-- read identity."user".
create table identity.membership (
  clinic_id uuid not null,
  id uuid not null,
  user_id uuid not null constraint membership_user_fk references identity."user" (id) on delete restrict,
  display_name text not null constraint membership_display_name_length check (length(display_name) between 1 and 200),
  email text not null,
  role text not null constraint membership_role check (role in ('owner', 'administrator', 'professional', 'assistant', 'billing', 'trainee', 'privacy_officer')),
  -- The person in charge of personal information may hold this beside any role (P-39.1 s. 3.1).
  privacy_officer boolean not null default false,
  supervisor_id uuid,
  -- null: every location of the clinic.
  location_ids uuid[],
  status text not null default 'active' constraint membership_status check (status in ('active', 'inactive')),
  -- An administrator ends this member's sessions in this clinic: sessions opened before it do not open the clinic.
  sessions_valid_after timestamptz not null default '-infinity',
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  last_updated timestamptz not null default now(),
  version int not null default 1,
  constraint membership_pkey primary key (clinic_id, id),
  constraint membership_person_key unique (clinic_id, user_id),
  constraint membership_supervisor_fk foreign key (clinic_id, supervisor_id) references identity.membership (clinic_id, id) on delete restrict,
  constraint membership_trainee_supervised check (role <> 'trainee' or supervisor_id is not null),
  constraint membership_ended check ((status = 'inactive') = (ended_at is not null))
);
create index membership_user_idx on identity.membership (user_id, clinic_id);

create table identity.invitation (
  clinic_id uuid not null,
  id uuid not null,
  email text not null constraint invitation_email_normalised check (email = lower(email) and length(email) <= 254),
  display_name text not null default '' constraint invitation_display_name_length check (length(display_name) <= 200),
  role text not null constraint invitation_role check (role in ('owner', 'administrator', 'professional', 'assistant', 'billing', 'trainee', 'privacy_officer')),
  location_ids uuid[],
  supervisor_id uuid,
  locale text not null default 'fr' constraint invitation_locale check (locale in ('fr', 'en')),
  -- Minted by the worker as it sends: nothing that opens the door is ever stored or queued in clear.
  token_hash bytea constraint invitation_token_hash_key unique constraint invitation_token_hash_length check (octet_length(token_hash) = 32),
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  version int not null default 1,
  constraint invitation_pkey primary key (clinic_id, id),
  constraint invitation_trainee_supervised check (role <> 'trainee' or supervisor_id is not null),
  constraint invitation_supervisor_fk foreign key (clinic_id, supervisor_id) references identity.membership (clinic_id, id) on delete restrict,
  constraint invitation_one_end check (accepted_at is null or revoked_at is null)
);
create unique index invitation_open_key on identity.invitation (clinic_id, email) where accepted_at is null and revoked_at is null;

-- How a clinic wants its people to sign in. Sealed by clinic, read by the sign-in door.
create table identity.clinic_policy (
  clinic_id uuid primary key,
  require_second_factor boolean not null default false,
  idle_minutes int not null default 15 constraint clinic_policy_idle_minutes check (idle_minutes between 1 and 240),
  last_updated timestamptz not null default now(),
  version int not null default 1
);

-- Codes and links sent by mail, and ceremonies in flight: single use, hashed, expiring.
create table identity.one_time_secret (
  id uuid primary key,
  purpose text not null constraint one_time_secret_purpose check (purpose in ('email_code', 'password_reset', 'email_change', 'passkey_challenge', 'totp_enrolment', 'oidc_state', 'second_factor')),
  user_id uuid constraint one_time_secret_user_fk references identity."user" (id) on delete restrict,
  email text constraint one_time_secret_email_normalised check (email = lower(email) and length(email) <= 254),
  clinic_id uuid,
  locale text not null default 'fr' constraint one_time_secret_locale check (locale in ('fr', 'en')),
  -- null until the worker mints it while sending.
  secret_hash bytea constraint one_time_secret_hash_key unique constraint one_time_secret_hash_length check (octet_length(secret_hash) = 32),
  -- Ceremony data that is no secret by itself once its row is keyed (a WebAuthn challenge, an OpenID Connect nonce), sealed.
  sealed_data bytea,
  attempts int not null default 0,
  max_attempts int not null default 5,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint one_time_secret_attempts check (attempts between 0 and max_attempts)
);
create index one_time_secret_user_idx on identity.one_time_secret (user_id, purpose);
create index one_time_secret_email_idx on identity.one_time_secret (email, purpose);
create index one_time_secret_expiry_idx on identity.one_time_secret (expires_at);

create table identity.passkey (
  id uuid primary key,
  user_id uuid not null constraint passkey_user_fk references identity."user" (id) on delete restrict,
  credential_id bytea not null constraint passkey_credential_key unique,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  label text not null constraint passkey_label_length check (length(label) between 1 and 100),
  backed_up boolean not null default false,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index passkey_user_idx on identity.passkey (user_id);

create table identity.totp (
  user_id uuid primary key constraint totp_user_fk references identity."user" (id) on delete restrict,
  sealed_secret bytea not null,
  confirmed_at timestamptz,
  -- The last 30-second step used, so that one code opens one door once (RFC 6238 section 5.2).
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);

create table identity.recovery_code (
  id uuid primary key,
  user_id uuid not null constraint recovery_code_user_fk references identity."user" (id) on delete restrict,
  code_hash text not null,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index recovery_code_user_idx on identity.recovery_code (user_id);

-- A clinic's own OpenID Connect provider, and the people who linked themselves to it (clinic + issuer + subject; never an e-mail).
create table identity.oidc_provider (
  clinic_id uuid primary key,
  issuer text not null constraint oidc_provider_issuer_https check (issuer ~ '^https?://' and length(issuer) <= 500),
  client_id text not null constraint oidc_provider_client_id_length check (length(client_id) between 1 and 500),
  sealed_client_secret bytea,
  label text not null constraint oidc_provider_label_length check (length(label) between 1 and 100),
  enabled boolean not null default false,
  last_updated timestamptz not null default now(),
  version int not null default 1
);

create table identity.federated_identity (
  clinic_id uuid not null,
  id uuid not null,
  issuer text not null,
  subject text not null constraint federated_identity_subject_length check (length(subject) between 1 and 255),
  user_id uuid not null,
  linked_at timestamptz not null default now(),
  last_used_at timestamptz,
  constraint federated_identity_pkey primary key (clinic_id, id),
  constraint federated_identity_subject_key unique (clinic_id, issuer, subject),
  constraint federated_identity_person_key unique (clinic_id, issuer, user_id),
  constraint federated_identity_member_fk foreign key (clinic_id, user_id) references identity.membership (clinic_id, user_id) on delete restrict
);

-- What happened around signing in, which belongs to a person before it belongs to any clinic. Insert-only.
create table identity.audit_event (
  id uuid primary key,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_txid xid8 not null default pg_current_xact_id(),
  event text not null constraint audit_event_event_length check (length(event) between 1 and 100),
  outcome text not null constraint audit_event_outcome check (outcome in ('success', 'refused', 'failed')),
  user_id uuid,
  session_id uuid,
  clinic_id uuid,
  request_id uuid,
  address inet,
  -- ids, hashes and closed words only.
  detail jsonb not null default '{}' constraint audit_event_detail_size check (pg_column_size(detail) <= 8192)
);
create index audit_event_user_idx on identity.audit_event (user_id, id desc);

create table identity.audit_seal (
  seq bigint primary key,
  event_id uuid not null constraint audit_seal_event_key unique constraint audit_seal_event_fk references identity.audit_event (id) on delete restrict,
  event_hash bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now()
);

alter table identity."user" enable row level security; alter table identity."user" force row level security;
alter table identity.session enable row level security; alter table identity.session force row level security;
alter table identity.membership enable row level security; alter table identity.membership force row level security;
alter table identity.invitation enable row level security; alter table identity.invitation force row level security;
alter table identity.clinic_policy enable row level security; alter table identity.clinic_policy force row level security;
alter table identity.one_time_secret enable row level security; alter table identity.one_time_secret force row level security;
alter table identity.passkey enable row level security; alter table identity.passkey force row level security;
alter table identity.totp enable row level security; alter table identity.totp force row level security;
alter table identity.recovery_code enable row level security; alter table identity.recovery_code force row level security;
alter table identity.oidc_provider enable row level security; alter table identity.oidc_provider force row level security;
alter table identity.federated_identity enable row level security; alter table identity.federated_identity force row level security;
alter table identity.audit_event enable row level security; alter table identity.audit_event force row level security;
alter table identity.audit_seal enable row level security; alter table identity.audit_seal force row level security;

grant select, insert, update on identity."user" to chevet_auth;
create policy auth_own on identity."user" to chevet_auth
  using (id = nullif(current_setting('app.user_id', true), '')::uuid or email = nullif(current_setting('app.email', true), ''))
  with check (id = nullif(current_setting('app.user_id', true), '')::uuid);

-- Sign-up writes the owner's account, the clinic and its first membership in one transaction, and spends the code that was mailed.
grant insert on identity."user" to chevet_registrar;
create policy registrar_own on identity."user" for insert to chevet_registrar with check (id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert on identity.session to chevet_auth;
-- Whose it is, how it was opened and what its cookie is never change: a session cannot be made somebody else's.
grant update (last_seen_at, expires_at, idle_minutes, locked_at, revoked_at, second_factor_at, confirmed_at, address, device, place) on identity.session to chevet_auth;
create policy auth_own on identity.session for select to chevet_auth
  using (token_hash = decode(nullif(current_setting('app.session_hash', true), ''), 'hex') or user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy auth_change on identity.session for update to chevet_auth
  using (token_hash = decode(nullif(current_setting('app.session_hash', true), ''), 'hex') or user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (token_hash = decode(nullif(current_setting('app.session_hash', true), ''), 'hex') or user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy auth_open on identity.session for insert to chevet_auth
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert on identity.membership to chevet_auth;
grant update (display_name, email, last_updated, version) on identity.membership to chevet_auth;
create policy auth_own on identity.membership for select to chevet_auth
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy auth_change on identity.membership for update to chevet_auth
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
-- Only an invitation lets a person in by themselves (identity.join_by_invitation), and only into the clinic that invites.
create policy auth_join on identity.membership for insert to chevet_auth
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update on identity.membership to chevet_staff;
create policy staff_clinic on identity.membership to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant insert on identity.membership to chevet_registrar;
create policy registrar_clinic on identity.membership for insert to chevet_registrar
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert, update on identity.invitation to chevet_staff;
create policy staff_clinic on identity.invitation to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select on identity.invitation to chevet_auth;
grant update (accepted_at, accepted_by, version) on identity.invitation to chevet_auth;
-- By the token of its link, and by nothing else. An accepted link keeps its hash: opened again, it says that it was used.
create policy auth_token on identity.invitation to chevet_auth
  using (token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));

grant select, update on identity.clinic_policy to chevet_staff;
create policy staff_clinic on identity.clinic_policy to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select on identity.clinic_policy to chevet_auth;
create policy auth_clinic on identity.clinic_policy for select to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant insert on identity.clinic_policy to chevet_registrar;
create policy registrar_clinic on identity.clinic_policy for insert to chevet_registrar
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);

grant select, insert, delete on identity.one_time_secret to chevet_auth;
-- What it is for and whom it serves never change.
grant update (secret_hash, sealed_data, attempts, expires_at, used_at) on identity.one_time_secret to chevet_auth;
create policy auth_key on identity.one_time_secret to chevet_auth
  using (secret_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')
    or id = nullif(current_setting('app.secret_id', true), '')::uuid
    or user_id = nullif(current_setting('app.user_id', true), '')::uuid
    or email = nullif(current_setting('app.email', true), ''))
  with check (secret_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')
    or id = nullif(current_setting('app.secret_id', true), '')::uuid
    or user_id = nullif(current_setting('app.user_id', true), '')::uuid
    or email = nullif(current_setting('app.email', true), ''));

grant select, update (attempts, used_at) on identity.one_time_secret to chevet_registrar;
create policy registrar_secret on identity.one_time_secret to chevet_registrar
  using (id = nullif(current_setting('app.secret_id', true), '')::uuid)
  with check (id = nullif(current_setting('app.secret_id', true), '')::uuid);

grant select, insert on identity.passkey to chevet_auth;
grant update (counter, transports, label, backed_up, last_used_at, revoked_at) on identity.passkey to chevet_auth;
-- Sign-in by a discoverable passkey knows only the credential's id until the signature is checked.
create policy auth_own on identity.passkey to chevet_auth
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid
    or credential_id = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert, update, delete on identity.totp to chevet_auth;
create policy auth_own on identity.totp to chevet_auth
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert, update, delete on identity.recovery_code to chevet_auth;
create policy auth_own on identity.recovery_code to chevet_auth
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant select, insert, update, delete on identity.oidc_provider to chevet_staff;
create policy staff_clinic on identity.oidc_provider to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select on identity.oidc_provider to chevet_auth;
create policy auth_clinic on identity.oidc_provider for select to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);

grant select, insert, delete on identity.federated_identity to chevet_auth;
grant update (last_used_at) on identity.federated_identity to chevet_auth;
-- At sign-in the person is found by the provider's subject; only that person's own link is made, marked or cut.
create policy auth_clinic on identity.federated_identity for select to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy auth_link on identity.federated_identity for insert to chevet_auth
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy auth_mark on identity.federated_identity for update to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy auth_cut on identity.federated_identity for delete to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid);

grant insert on identity.audit_event to chevet_auth;
grant select on identity.audit_event to chevet_auth;
create policy auth_insert on identity.audit_event for insert to chevet_auth
  with check (user_id is null or user_id = nullif(current_setting('app.user_id', true), '')::uuid or outcome <> 'success');
create policy auth_own on identity.audit_event for select to chevet_auth
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on identity.audit_event to chevet_sealer;
create policy sealer_all on identity.audit_event for select to chevet_sealer
  using (nullif(current_setting('app.clinic_id', true), '')::uuid = '00000000-0000-0000-0000-000000000000');
grant select, insert on identity.audit_seal to chevet_sealer;
create policy sealer_all on identity.audit_seal to chevet_sealer
  using (nullif(current_setting('app.clinic_id', true), '')::uuid = '00000000-0000-0000-0000-000000000000')
  with check (nullif(current_setting('app.clinic_id', true), '')::uuid = '00000000-0000-0000-0000-000000000000');

-- A clinic always has an owner who can sign in. Identity tables stay whole when clinics are distributed, so a trigger may look at its neighbours.
create function identity.keep_an_owner() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.role <> 'owner' or old.status <> 'active' then return new; end if;
  if new.role = 'owner' and new.status = 'active' then return new; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('owner:' || old.clinic_id::text, 0));
  if not exists (
    select from identity.membership m
    where m.clinic_id = old.clinic_id and m.id <> old.id and m.role = 'owner' and m.status = 'active'
  ) then
    raise exception 'the last owner cannot leave' using errcode = 'check_violation', constraint = 'membership_last_owner';
  end if;
  return new;
end $$;
-- A person who is let in by `auth` holds an open invitation's token, and gets what it offers and nothing more.
create function identity.join_by_invitation() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user <> 'chevet_auth' then return new; end if;
  if not exists (
    select from identity.invitation i
    where i.token_hash = pg_catalog.decode(nullif(pg_catalog.current_setting('app.token_hash', true), ''), 'hex')
      and i.clinic_id = new.clinic_id and i.role = new.role and i.supervisor_id is not distinct from new.supervisor_id
      and i.location_ids is not distinct from new.location_ids and not new.privacy_officer
      and i.revoked_at is null and i.expires_at > pg_catalog.now() and (i.accepted_by is null or i.accepted_by = new.user_id)
  ) then
    raise exception 'not invited' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger join_by_invitation before insert on identity.membership for each row execute function identity.join_by_invitation();

create trigger keep_an_owner before update of role, status on identity.membership for each row execute function identity.keep_an_owner();

------------------------------------------------------------------------------------------------------------------
-- host: what the hosting provider runs. No row here says anything about a patient.

create table host.operator (
  user_id uuid primary key,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table host.setting (
  id int primary key default 1 constraint setting_single check (id = 1),
  display_name text not null constraint setting_display_name_length check (length(display_name) between 1 and 200),
  contact_email text not null default '',
  contact_phone text not null default '',
  -- [{ city, role: "records" | "backup" | "keys" }], shown on the landing page; empty shows nothing.
  sites jsonb not null default '[]',
  -- [{ code, monthly_cents, per: "professional" | "clinic" }]; empty shows no price.
  prices jsonb not null default '[]',
  trial_days int not null default 0,
  approval_required boolean not null default true,
  last_updated timestamptz not null default now(),
  version int not null default 1
);

create table host.clinic_registration (
  clinic_id uuid primary key,
  display_name text not null constraint clinic_registration_display_name_length check (length(display_name) between 1 and 200),
  slug text not null,
  time_zone text not null,
  region text not null,
  professions text[] not null,
  status text not null default 'pending' constraint clinic_registration_status check (status in ('pending', 'approved', 'suspended')),
  created_at timestamptz not null default now(),
  approved_at timestamptz,
  approved_by uuid,
  last_updated timestamptz not null default now(),
  version int not null default 1,
  constraint clinic_registration_approved check (status <> 'approved' or approved_at is not null)
);
create index clinic_registration_status_idx on host.clinic_registration (status, created_at desc, clinic_id);

-- A slug once used is never given to another clinic: rows are never deleted, `skeleton` folds what the eye confuses.
create table host.slug (
  slug text primary key constraint slug_form check (slug ~ '^[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]$' and slug !~ '--'),
  skeleton text not null constraint slug_skeleton_key unique,
  clinic_id uuid not null,
  current boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index slug_current_key on host.slug (clinic_id) where current;
alter table host.clinic_registration add constraint clinic_registration_slug_fk foreign key (slug) references host.slug (slug) on delete restrict deferrable initially deferred;

create table host.agreement (
  clinic_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  terms_version text not null,
  terms_hash bytea not null constraint agreement_hash_length check (octet_length(terms_hash) = 32),
  -- The French text was shown first, and then the language was chosen (Charter of the French language, s. 55).
  french_shown_at timestamptz not null,
  locale text not null constraint agreement_locale check (locale in ('fr', 'en')),
  accepted_at timestamptz not null default now(),
  constraint agreement_pkey primary key (clinic_id, id),
  constraint agreement_order check (french_shown_at <= accepted_at)
);

alter table host.operator enable row level security; alter table host.operator force row level security;
alter table host.setting enable row level security; alter table host.setting force row level security;
alter table host.clinic_registration enable row level security; alter table host.clinic_registration force row level security;
alter table host.slug enable row level security; alter table host.slug force row level security;
alter table host.agreement enable row level security; alter table host.agreement force row level security;

grant select on host.operator to chevet_auth;
create policy auth_own on host.operator for select to chevet_auth using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on host.operator to chevet_host;
create policy host_operator on host.operator for select to chevet_host using (nullif(current_setting('app.user_id', true), '')::uuid is not null);

-- Public by nature: what the landing page and the sign-up page show.
grant select on host.setting to chevet_auth, chevet_visitor, chevet_staff, chevet_registrar, chevet_host, chevet_relay;
grant update on host.setting to chevet_host;
create policy public_read on host.setting for select to chevet_auth, chevet_visitor, chevet_staff, chevet_registrar, chevet_host, chevet_relay using (true);
create policy host_operator on host.setting for update to chevet_host using (nullif(current_setting('app.user_id', true), '')::uuid is not null);

grant select on host.clinic_registration to chevet_auth;
create policy auth_keyed on host.clinic_registration for select to chevet_auth
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid or slug = nullif(current_setting('app.slug', true), ''));
grant select on host.clinic_registration to chevet_staff;
grant update (display_name, slug, time_zone, region, professions, last_updated, version) on host.clinic_registration to chevet_staff;
create policy staff_clinic on host.clinic_registration to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant insert on host.clinic_registration to chevet_registrar;
create policy registrar_clinic on host.clinic_registration for insert to chevet_registrar
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select on host.clinic_registration to chevet_relay;
create policy relay_all on host.clinic_registration for select to chevet_relay using (true);
grant select on host.clinic_registration to chevet_host;
grant update (status, approved_at, approved_by, last_updated, version) on host.clinic_registration to chevet_host;
create policy host_operator on host.clinic_registration to chevet_host
  using (nullif(current_setting('app.user_id', true), '')::uuid is not null)
  with check (nullif(current_setting('app.user_id', true), '')::uuid is not null);

grant select on host.slug to chevet_auth, chevet_visitor;
create policy keyed on host.slug for select to chevet_auth, chevet_visitor using (slug = nullif(current_setting('app.slug', true), ''));
grant select, insert on host.slug to chevet_registrar;
create policy registrar_read on host.slug for select to chevet_registrar using (true);
create policy registrar_insert on host.slug for insert to chevet_registrar
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select, insert on host.slug to chevet_staff;
grant update (current) on host.slug to chevet_staff;
create policy staff_clinic on host.slug to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);

grant insert on host.agreement to chevet_registrar;
create policy registrar_clinic on host.agreement for insert to chevet_registrar
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on host.agreement to chevet_staff, chevet_host;
create policy staff_clinic on host.agreement for select to chevet_staff using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy host_operator on host.agreement for select to chevet_host using (nullif(current_setting('app.user_id', true), '')::uuid is not null);
