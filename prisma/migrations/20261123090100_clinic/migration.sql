-- clinic: everything a clinic keeps. Each table: clinic_id first in every key, row security enabled and forced, one
-- permissive policy per role that holds the whole condition (each alone must be enough, and none may hold a sub-select).

-- Ordered across a clinic without one clinic's writers waiting for each other: a reader that wants "all changes since n"
-- also looks at change_txid, and stops before the oldest running transaction.
create sequence clinic.change_number;

create table clinic.clinic (
  clinic_id uuid not null,
  name text not null constraint clinic_name_length check (length(name) between 1 and 200),
  neutral_name text constraint clinic_neutral_name_length check (length(neutral_name) between 1 and 200),
  professions text[] not null constraint clinic_professions_some check (cardinality(professions) between 1 and 30),
  -- AC-01: LRSSS (health information of a professional's office) or P-39.1 (everybody else).
  legal_regime text not null constraint clinic_legal_regime check (legal_regime in ('LRSSS', 'P39_1')),
  retention_years int not null constraint clinic_retention_years check (retention_years between 5 and 100),
  region text not null,
  time_zone text not null,
  default_locale text not null default 'fr' constraint clinic_default_locale check (default_locale in ('fr', 'en')),
  phone text not null default '',
  email text not null default '',
  -- The person in charge of the protection of personal information, title and contact published (P-39.1 s. 3.1).
  privacy_officer_name text not null constraint clinic_privacy_name_length check (length(privacy_officer_name) between 1 and 200),
  privacy_officer_title text not null constraint clinic_privacy_title_length check (length(privacy_officer_title) between 1 and 200),
  privacy_officer_email text not null,
  privacy_officer_phone text not null default '',
  logo_file_id uuid,
  onboarding_dismissed text[] not null default '{}',
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint clinic_pkey primary key (clinic_id)
);

create table clinic.stored_file (
  clinic_id uuid not null constraint stored_file_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  patient_id uuid,
  category text not null default 'administrative' constraint stored_file_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  purpose text not null constraint stored_file_purpose check (purpose in ('clinic-logo', 'practitioner-signature', 'export')),
  media_type text not null constraint stored_file_media_type_length check (length(media_type) <= 100),
  size_bytes bigint not null constraint stored_file_size check (size_bytes between 0 and 10737418240),
  sha256 bytea not null constraint stored_file_sha256_length check (octet_length(sha256) = 32),
  object_key text not null,
  author_id uuid not null,
  created_at timestamptz not null default now(),
  constraint stored_file_pkey primary key (clinic_id, id),
  constraint stored_file_object_key unique (clinic_id, object_key)
);
alter table clinic.clinic add constraint clinic_logo_fk foreign key (clinic_id, logo_file_id) references clinic.stored_file (clinic_id, id) on delete restrict;

create table clinic.location (
  clinic_id uuid not null constraint location_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  name text not null constraint location_name_length check (length(name) between 1 and 200),
  address_line text not null default '' constraint location_address_length check (length(address_line) <= 300),
  city text not null default '' constraint location_city_length check (length(city) <= 100),
  postal_code text not null default '' constraint location_postal_code check (postal_code = '' or postal_code ~ '^[A-Z][0-9][A-Z] [0-9][A-Z][0-9]$'),
  phone text not null default '',
  time_zone text not null,
  status text not null default 'active' constraint location_status check (status in ('active', 'inactive')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint location_pkey primary key (clinic_id, id),
  constraint location_name_key unique (clinic_id, name)
);

create table clinic.practitioner (
  clinic_id uuid not null constraint practitioner_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  -- identity.membership of this clinic; no foreign key leaves the distributed schema, so the verb checks it.
  membership_id uuid,
  prefix text not null default '' constraint practitioner_prefix_length check (length(prefix) <= 20),
  family_name text not null constraint practitioner_family_length check (length(family_name) between 1 and 200),
  given_name text not null constraint practitioner_given_length check (length(given_name) between 1 and 200),
  profession text not null,
  -- Professional order (Code des professions, C-26) and permit number; '' where the profession has none.
  professional_order text not null default '',
  permit_number text not null default '' constraint practitioner_permit_length check (length(permit_number) <= 30),
  signature_file_id uuid,
  signature_line text not null default '' constraint practitioner_signature_length check (length(signature_line) <= 300),
  status text not null default 'active' constraint practitioner_status check (status in ('active', 'inactive')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint practitioner_pkey primary key (clinic_id, id),
  constraint practitioner_member_key unique (clinic_id, membership_id),
  constraint practitioner_signature_fk foreign key (clinic_id, signature_file_id) references clinic.stored_file (clinic_id, id) on delete restrict
);
create unique index practitioner_permit_key on clinic.practitioner (clinic_id, professional_order, permit_number) where permit_number <> '';

create table clinic.patient (
  clinic_id uuid not null constraint patient_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  -- Same value as id: with author_id and category it lets one policy form serve every table about a person (LRSSS s. 7).
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'identity' constraint patient_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  file_number text not null constraint patient_file_number_form check (file_number ~ '^[A-Z0-9-]{1,20}$'),
  family_name text not null constraint patient_family_length check (length(family_name) between 1 and 200),
  given_name text not null constraint patient_given_length check (length(given_name) between 1 and 200),
  birth_family_name text not null default '' constraint patient_birth_family_length check (length(birth_family_name) <= 200),
  preferred_name text not null default '' constraint patient_preferred_length check (length(preferred_name) <= 200),
  birth_date date constraint patient_birth_date_range check (birth_date >= date '1850-01-01'),
  gender text constraint patient_gender check (gender in ('male', 'female', 'other', 'unknown')),
  language text not null default 'fr' constraint patient_language check (language in ('fr', 'en', 'other')),
  -- NAM: sealed, found by a hash keyed per clinic, and only its last two digits in clear for lists (AC-51).
  nam_sealed bytea,
  nam_hash bytea constraint patient_nam_hash_length check (octet_length(nam_hash) = 32),
  nam_last2 text constraint patient_nam_last2 check (nam_last2 ~ '^[0-9]{2}$'),
  nam_expiry date,
  nam_status text not null default 'absent' constraint patient_nam_status check (nam_status in ('valid', 'expired', 'absent', 'out-of-province', 'newborn-on-parent')),
  nam_override_reason text not null default '' constraint patient_nam_reason_length check (length(nam_override_reason) <= 300),
  deceased_on date,
  status text not null default 'active' constraint patient_status check (status in ('active', 'inactive', 'entered-in-error')),
  status_reason text not null default '',
  -- Names folded (no accents, lower case, one space) for search; written by the verb with the same function the query uses.
  search_text text not null,
  source_system text,
  source_id text,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint patient_pkey primary key (clinic_id, id),
  constraint patient_self check (patient_id = id),
  constraint patient_file_number_key unique (clinic_id, file_number),
  constraint patient_source_key unique (clinic_id, source_system, source_id),
  constraint patient_nam_whole check ((nam_sealed is null) = (nam_hash is null) and (nam_sealed is null) = (nam_last2 is null)),
  constraint patient_error_reason check (status <> 'entered-in-error' or status_reason <> '')
);
-- Not unique: a newborn is seen on a parent's card, and a second record under one NAM is a warning, never a wall (AC-51).
create index patient_nam_idx on clinic.patient (clinic_id, nam_hash) where nam_hash is not null;
create index patient_birth_date_idx on clinic.patient (clinic_id, birth_date);
create index patient_name_idx on clinic.patient (clinic_id, family_name, given_name, id);
create index patient_change_idx on clinic.patient (clinic_id, change_number);

create table clinic.patient_contact (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'identity' constraint patient_contact_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  system text not null constraint patient_contact_system check (system in ('phone', 'sms', 'email', 'address')),
  use text not null default 'home' constraint patient_contact_use check (use in ('home', 'work', 'mobile', 'temp')),
  -- As read (of an address, its street lines); `normalised` is what is compared: E.164 for phones, lower case for e-mail,
  -- folded street and postal code for addresses.
  value text not null constraint patient_contact_value_length check (length(value) between 1 and 500),
  normalised text not null constraint patient_contact_normalised_length check (length(normalised) between 1 and 500),
  city text not null default '' constraint patient_contact_city_length check (length(city) <= 100),
  province text not null default '' constraint patient_contact_province_length check (length(province) <= 100),
  postal_code text not null default '' constraint patient_contact_postal_length check (length(postal_code) <= 20),
  -- ISO 3166-1 alpha-2.
  country text not null default '' constraint patient_contact_country check (country ~ '^([A-Z]{2})?$'),
  rank int not null default 1 constraint patient_contact_rank check (rank between 1 and 20),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint patient_contact_pkey primary key (clinic_id, id),
  constraint patient_contact_canadian_code check (country <> 'CA' or postal_code = '' or postal_code ~ '^[A-Z][0-9][A-Z] [0-9][A-Z][0-9]$'),
  constraint patient_contact_address_only check (system = 'address' or (city = '' and province = '' and postal_code = '' and country = '')),
  constraint patient_contact_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index patient_contact_patient_idx on clinic.patient_contact (clinic_id, patient_id);
create index patient_contact_value_idx on clinic.patient_contact (clinic_id, normalised collate "C");
-- A phone is remembered by its last digits: they are the beginning of the number read backwards.
create index patient_contact_suffix_idx on clinic.patient_contact (clinic_id, reverse(normalised) collate "C") where system in ('phone', 'sms');

create table clinic.related_person (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'identity' constraint related_person_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  -- The related person's own record here, when there is one.
  related_patient_id uuid,
  relationship text not null constraint related_person_relationship check (relationship in ('mother', 'father', 'parent', 'tutor', 'spouse', 'child', 'sibling', 'caregiver', 'mandatary', 'emergency', 'other')),
  family_name text not null constraint related_person_family_length check (length(family_name) between 1 and 200),
  given_name text not null constraint related_person_given_length check (length(given_name) between 1 and 200),
  phone text not null default '',
  email text not null default '',
  -- May act for the patient (CCQ s. 14: parent or tutor under 14; mandate).
  may_act boolean not null default false,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint related_person_pkey primary key (clinic_id, id),
  constraint related_person_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint related_person_record_fk foreign key (clinic_id, related_patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint related_person_other check (related_patient_id is null or related_patient_id <> patient_id)
);
create index related_person_patient_idx on clinic.related_person (clinic_id, patient_id);

-- A patient's written restriction (LRSSS s. 7): this provider, or this category of providers, does not see this information.
create table clinic.restriction (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  -- '*' for all of them. A plain word, since reference.enter writes it into a list between ':' and ';'.
  category text not null default '*' constraint restriction_category check (category ~ '^([a-z]+(-[a-z]+)*|\*)$'),
  user_id uuid,
  role text constraint restriction_role check (role in ('owner', 'administrator', 'professional', 'assistant', 'billing', 'trainee', 'privacy_officer')),
  reason text not null default '' constraint restriction_reason_length check (length(reason) <= 1000),
  -- The notice is written, signed, and carries a name and how to reach the signer (R-22.1, r. 1, s. 3).
  signed_on date not null,
  signer_name text not null default '' constraint restriction_signer_length check (length(signer_name) <= 200),
  signer_contact text not null default '' constraint restriction_contact_length check (length(signer_contact) <= 300),
  -- The member of staff who told the signer of the risks.
  informed_by uuid,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  end_reason text not null default '' constraint restriction_end_reason_length check (length(end_reason) <= 1000),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint restriction_pkey primary key (clinic_id, id),
  constraint restriction_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint restriction_target check ((user_id is null) <> (role is null))
);
create index restriction_user_idx on clinic.restriction (clinic_id, user_id) where ended_at is null and user_id is not null;
create index restriction_role_idx on clinic.restriction (clinic_id, role) where ended_at is null and role is not null;

-- Passing a restriction because life or integrity is at risk: who, whom, why, until when. Insert-only.
create table clinic.break_glass (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  user_id uuid not null,
  reason text not null constraint break_glass_reason_length check (length(reason) between 10 and 1000),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint break_glass_pkey primary key (clinic_id, id),
  constraint break_glass_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint break_glass_short check (expires_at > created_at and expires_at <= created_at + interval '12 hours')
);
create index break_glass_live_idx on clinic.break_glass (clinic_id, user_id, expires_at);

-- Nobody is booked twice (promise 5): one row per resource and sitting, buffers included, and nothing about a patient.
create table clinic.occupancy (
  clinic_id uuid not null constraint occupancy_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  resource_id uuid not null,
  kind text not null constraint occupancy_kind check (kind in ('hold', 'booking', 'leave', 'closure')),
  during tstzrange not null constraint occupancy_bounded check (not isempty(during) and lower(during) is not null and upper(during) is not null and lower_inc(during) and not upper_inc(during)),
  starts_at timestamptz not null generated always as (lower(during)) stored,
  ends_at timestamptz not null generated always as (upper(during)) stored,
  blocking boolean not null default true,
  -- A hold lives a few minutes; a booking removes the expired ones it meets.
  hold_expires_at timestamptz,
  overbooked_by uuid,
  overbooking_reason text,
  created_at timestamptz not null default now(),
  constraint occupancy_pkey primary key (clinic_id, id),
  constraint occupancy_once exclude using gist (clinic_id with =, resource_id with =, during with &&) where (blocking),
  constraint occupancy_hold check ((kind = 'hold') = (hold_expires_at is not null)),
  constraint occupancy_overbooking check (blocking or (overbooked_by is not null and length(overbooking_reason) >= 3))
);
create index occupancy_window_idx on clinic.occupancy (clinic_id, resource_id, starts_at);

-- What leaves Québec stays off until the clinic has assessed it (AC-05, P-39.1 s. 17).
create table clinic.integration (
  clinic_id uuid not null constraint integration_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  code text not null,
  enabled boolean not null default false,
  outside_quebec boolean not null,
  efvp_reference text not null default '' constraint integration_efvp_length check (length(efvp_reference) <= 300),
  efvp_signed_on date,
  efvp_signed_by uuid,
  settings jsonb not null default '{}' constraint integration_settings_size check (pg_column_size(settings) <= 8192),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint integration_pkey primary key (clinic_id, id),
  constraint integration_code_key unique (clinic_id, code),
  constraint integration_efvp check (not enabled or not outside_quebec or (efvp_reference <> '' and efvp_signed_on is not null and efvp_signed_by is not null))
);

-- Earlier versions of a row, whole, as it was. Insert-only; written by the trigger below in the same transaction.
create table clinic.record_version (
  clinic_id uuid not null,
  entity text not null,
  entity_id uuid not null,
  version int not null,
  patient_id uuid,
  category text not null default 'identity',
  content jsonb not null,
  valid_until timestamptz not null default now(),
  replaced_by uuid,
  constraint record_version_pkey primary key (clinic_id, entity, entity_id, version)
);

-- The journal (promise 7). Insert-only for every serving role; rows hold ids, hashes and closed words.
create table clinic.audit_event (
  clinic_id uuid not null,
  id uuid not null,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_txid xid8 not null default pg_current_xact_id(),
  event text not null constraint audit_event_event_length check (length(event) between 1 and 100),
  -- FHIR AuditEvent.action: create, read, update, delete, execute.
  action text not null constraint audit_event_action check (action in ('C', 'R', 'U', 'D', 'E')),
  outcome text not null default 'success' constraint audit_event_outcome check (outcome in ('success', 'refused', 'failed')),
  entity text not null constraint audit_event_entity_length check (length(entity) between 1 and 100),
  entity_ids uuid[] not null default '{}',
  patient_id uuid,
  agent_id uuid,
  agent_role text,
  session_id uuid,
  request_id uuid,
  address inet,
  -- On what ground: care, administration, patient's request, break-glass…
  ground text not null default 'administration',
  detail jsonb not null default '{}' constraint audit_event_detail_size check (pg_column_size(detail) <= 8192),
  constraint audit_event_pkey primary key (clinic_id, id)
);
create index audit_event_patient_idx on clinic.audit_event (clinic_id, patient_id, id desc) where patient_id is not null;
create index audit_event_agent_idx on clinic.audit_event (clinic_id, agent_id, id desc);
create index audit_event_event_idx on clinic.audit_event (clinic_id, event, id desc);

-- Names to read beside the ids: erasable by `mover` on an approved order, without breaking the chain.
create table clinic.audit_label (
  clinic_id uuid not null,
  subject_id uuid not null,
  label text not null constraint audit_label_length check (length(label) <= 300),
  recorded_at timestamptz not null default now(),
  constraint audit_label_pkey primary key (clinic_id, subject_id)
);

create table clinic.audit_seal (
  clinic_id uuid not null,
  seq bigint not null,
  event_id uuid not null,
  event_hash bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  constraint audit_seal_pkey primary key (clinic_id, seq),
  constraint audit_seal_event_key unique (clinic_id, event_id),
  constraint audit_seal_event_fk foreign key (clinic_id, event_id) references clinic.audit_event (clinic_id, id) on delete restrict
);

------------------------------------------------------------------------------------------------------------------
-- Versions: a row changes only by one version at a time, and what it was is kept (promise 6).

create function clinic.keep_version() returns trigger language plpgsql set search_path = '' as $$
declare
  old_row jsonb := pg_catalog.to_jsonb(old);
begin
  if new.version <> old.version + 1 then
    raise exception 'stale version of %', tg_table_name using errcode = 'serialization_failure';
  end if;
  new.last_updated := pg_catalog.now();
  new.change_number := pg_catalog.nextval('clinic.change_number');
  new.change_txid := pg_catalog.pg_current_xact_id();
  insert into clinic.record_version (clinic_id, entity, entity_id, version, patient_id, category, content, replaced_by)
  values (old.clinic_id, tg_table_name, coalesce((old_row ->> 'id')::uuid, old.clinic_id), old.version,
    (old_row ->> 'patient_id')::uuid, coalesce(old_row ->> 'category', 'administrative'), old_row,
    nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid);
  return new;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['clinic', 'location', 'practitioner', 'patient', 'patient_contact', 'related_person', 'restriction', 'integration'] loop
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
  end loop;
end $$;

------------------------------------------------------------------------------------------------------------------
-- Row security

do $$
declare
  name text;
begin
  for name in select tablename from pg_tables where schemaname = 'clinic' loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
  end loop;
end $$;

grant usage on sequence clinic.change_number to chevet_staff, chevet_registrar, chevet_mover;

-- Tables about the clinic itself.
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  foreach name in array array['clinic', 'location', 'practitioner', 'integration', 'occupancy', 'audit_label'] loop
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
  end loop;
  -- Insert-only for staff: nothing here is ever edited.
  foreach name in array array['stored_file', 'record_version', 'audit_event', 'break_glass'] loop
    execute format('grant select, insert on clinic.%I to chevet_staff', name);
  end loop;
  -- The journal says who: nobody writes a line in another's name, and only the worker writes one in nobody's.
  execute format('create policy staff_clinic on clinic.audit_event to chevet_staff using (%s) with check (%s)', own,
    own || $c$ and agent_id is not distinct from nullif(current_setting('app.user_id', true), '')::uuid$c$);
  -- A glass is broken for oneself, from now and for a while: not ahead of time.
  execute format('create policy staff_clinic on clinic.break_glass to chevet_staff using (%s) with check (%s)', own,
    own || $c$ and user_id = nullif(current_setting('app.user_id', true), '')::uuid and expires_at <= now() + interval '12 hours'$c$);
  execute format('grant select on clinic.audit_seal to chevet_staff');
  execute format('create policy staff_clinic on clinic.audit_seal for select to chevet_staff using (%s)', own);
  execute format('grant delete on clinic.occupancy to chevet_staff');
  execute format('grant select, insert, update on clinic.restriction to chevet_staff');
  -- Whom it names cannot lift it.
  execute format('create policy staff_clinic on clinic.restriction for select to chevet_staff using (%s)', own);
  execute format('create policy staff_write on clinic.restriction for insert to chevet_staff with check (%s)', own);
  execute format('create policy staff_change on clinic.restriction for update to chevet_staff using (%s) with check (%s)',
    own || $c$ and (user_id is null or user_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid)$c$, own);
end $$;

-- Tables about a person: the clinic, and the restrictions that this person wrote. reference.enter lists in app.denied what
-- the one who entered may not see, as `patient:category` or `patient:*`, less what a live break-glass row opens.
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['patient', 'patient_contact', 'related_person'] loop
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
  end loop;
  foreach name in array array['patient', 'patient_contact', 'related_person', 'stored_file', 'record_version'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted, own || unrestricted);
  end loop;
end $$;

-- The registrar opens a clinic and can do nothing else: insert only, and only under the ids of this one sign-up.
grant insert on clinic.clinic, clinic.location, clinic.audit_event, clinic.audit_label to chevet_registrar;
create policy registrar_clinic on clinic.clinic for insert to chevet_registrar with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy registrar_clinic on clinic.location for insert to chevet_registrar with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy registrar_clinic on clinic.audit_event for insert to chevet_registrar
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and agent_id is not distinct from nullif(current_setting('app.user_id', true), '')::uuid);
create policy registrar_clinic on clinic.audit_label for insert to chevet_registrar with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);

-- A patient sees the clinic's card, and their own identity.
grant select (clinic_id, name, phone, email, time_zone, default_locale, legal_regime, privacy_officer_name, privacy_officer_title, privacy_officer_email, privacy_officer_phone, logo_file_id) on clinic.clinic to chevet_patient, chevet_visitor;
create policy patient_clinic on clinic.clinic for select to chevet_patient using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy visitor_clinic on clinic.clinic for select to chevet_visitor using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select on clinic.patient, clinic.patient_contact, clinic.related_person to chevet_patient;
create policy patient_own on clinic.patient for select to chevet_patient
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and patient_id = nullif(current_setting('app.patient_id', true), '')::uuid);
create policy patient_own on clinic.patient_contact for select to chevet_patient
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and patient_id = nullif(current_setting('app.patient_id', true), '')::uuid);
create policy patient_own on clinic.related_person for select to chevet_patient
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and patient_id = nullif(current_setting('app.patient_id', true), '')::uuid);

-- The sealer reads the journal and writes its chain, one clinic at a time.
grant select on clinic.audit_event to chevet_sealer;
grant select, insert on clinic.audit_seal to chevet_sealer;
create policy sealer_clinic on clinic.audit_event for select to chevet_sealer using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy sealer_clinic on clinic.audit_seal to chevet_sealer
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);

-- The mover holds one clinic at a time (export, import, approved destruction) and is the only one that deletes.
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  for name in select tablename from pg_tables where schemaname = 'clinic' loop
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
end $$;
revoke update, delete on clinic.audit_event, clinic.audit_seal from chevet_mover;
