-- What leaves a chart: to whom, why, on what ground, by whom and which documents (AC-23; LRSSS s. 265; Law 25). The register is written once for
-- whatever is sent or told, however it goes; how the sending itself fares stands beside it.

create table clinic.communication (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'document' constraint communication_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  channel text not null constraint communication_channel check (channel in ('link', 'fax', 'hand', 'mail', 'telephone', 'other')),
  recipient_kind text not null constraint communication_recipient_kind check (recipient_kind in ('correspondent', 'patient', 'related', 'other')),
  correspondent_id uuid,
  related_person_id uuid,
  -- As it was then: the directory changes, and what was done does not.
  recipient_name text not null constraint communication_recipient_name_length check (length(recipient_name) between 1 and 200),
  recipient_contact text not null default '' constraint communication_recipient_contact_length check (length(recipient_contact) <= 300),
  purpose text not null constraint communication_purpose check (purpose in ('care', 'patient-request', 'transfer', 'insurer', 'employer', 'public-body', 'court', 'other')),
  ground text not null constraint communication_ground check (ground in ('care', 'consent', 'law', 'emergency')),
  justification text not null default '' constraint communication_justification_length check (length(justification) <= 500),
  -- What kind of information, in words; no content of a chart.
  nature text not null constraint communication_nature_length check (length(nature) between 1 and 500),
  -- The patient's refusals that stood then, each looked at by whoever sent, and why it went all the same.
  refusals uuid[] not null default '{}',
  refusal_reason text not null default '' constraint communication_refusal_reason_length check (length(refusal_reason) <= 500),
  language text not null default 'fr' constraint communication_language check (language in ('fr', 'en')),
  occurred_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint communication_pkey primary key (clinic_id, id),
  constraint communication_to_correspondent check (recipient_kind <> 'correspondent' or correspondent_id is not null),
  constraint communication_to_related check (recipient_kind <> 'related' or related_person_id is not null),
  -- What the law asks to be said is said: on its ground, in an emergency, for a purpose of no list.
  constraint communication_justified check ((ground in ('care', 'consent') and purpose <> 'other') or justification <> ''),
  constraint communication_refused check (refusals = '{}' or length(refusal_reason) >= 10),
  constraint communication_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint communication_correspondent_fk foreign key (clinic_id, correspondent_id) references clinic.correspondent (clinic_id, id) on delete restrict,
  constraint communication_related_fk foreign key (clinic_id, related_person_id) references clinic.related_person (clinic_id, id) on delete restrict
);
create index communication_register_idx on clinic.communication (clinic_id, occurred_at desc, id desc);
create index communication_patient_idx on clinic.communication (clinic_id, patient_id, occurred_at desc, id desc);

-- The whole chart of one patient as one file, for whoever asked: made by a job, fetched for a few days, then removed.
create table clinic.chart_export (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'document' constraint chart_export_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  options jsonb not null default '{}',
  language text not null default 'fr' constraint chart_export_language check (language in ('fr', 'en')),
  status text not null default 'queued' constraint chart_export_status check (status in ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
  -- Parts of the work: how many there are once it is known, and how many are made.
  steps int not null default 0 constraint chart_export_steps check (steps >= 0),
  done int not null default 0 constraint chart_export_done check (done >= 0),
  pages int constraint chart_export_pages check (pages > 0),
  -- Documents that are listed and not appended: no printable form, or too many bytes together.
  left_out int not null default 0 constraint chart_export_left_out check (left_out >= 0),
  file_id uuid,
  size_bytes bigint constraint chart_export_size check (size_bytes > 0),
  error_code text constraint chart_export_error_length check (length(error_code) <= 60),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint chart_export_pkey primary key (clinic_id, id),
  constraint chart_export_file check (status <> 'done' or file_id is not null),
  constraint chart_export_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint chart_export_file_fk foreign key (clinic_id, file_id) references clinic.stored_file (clinic_id, id) on delete restrict
);
create index chart_export_author_idx on clinic.chart_export (clinic_id, patient_id, author_id, id desc);
create index chart_export_expiry_idx on clinic.chart_export (clinic_id, expires_at) where file_id is not null;

-- Which documents went, as they were named then.
create table clinic.communication_document (
  clinic_id uuid not null,
  id uuid not null,
  communication_id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'document' constraint communication_document_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  place int not null constraint communication_document_place check (place between 1 and 200),
  document_id uuid,
  chart_export_id uuid,
  title text not null constraint communication_document_title_length check (length(title) between 1 and 255),
  created_at timestamptz not null default now(),
  constraint communication_document_pkey primary key (clinic_id, id),
  constraint communication_document_of check (document_id is null or chart_export_id is null),
  constraint communication_document_communication_fk foreign key (clinic_id, communication_id) references clinic.communication (clinic_id, id) on delete restrict,
  constraint communication_document_document_fk foreign key (clinic_id, document_id) references clinic.document (clinic_id, id) on delete restrict,
  constraint communication_document_export_fk foreign key (clinic_id, chart_export_id) references clinic.chart_export (clinic_id, id) on delete restrict,
  constraint communication_document_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index communication_document_communication_idx on clinic.communication_document (clinic_id, communication_id, place);
create index communication_document_document_idx on clinic.communication_document (clinic_id, document_id) where document_id is not null;

-- How a link or a fax fares. Its id is the communication's.
create table clinic.transmission (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'document' constraint transmission_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  channel text not null constraint transmission_channel check (channel in ('link', 'fax')),
  status text not null default 'queued' constraint transmission_status check (status in ('queued', 'sending', 'sent', 'failed', 'unknown', 'revoked')),
  -- Where it goes: an address or a number (E.164).
  contact text not null constraint transmission_contact_length check (length(contact) between 3 and 254),
  -- What goes: [{ id, fileId, objectKey, mediaType, sizeBytes, fileName, title }], as the link shows it.
  content jsonb not null default '[]',
  language text not null default 'fr' constraint transmission_language check (language in ('fr', 'en')),
  -- A link: both halves are kept as hashes. The code goes another way than the address.
  token_hash bytea constraint transmission_token_length check (octet_length(token_hash) = 32),
  code_hash bytea constraint transmission_code_length check (octet_length(code_hash) = 32),
  code_by text constraint transmission_code_by check (code_by in ('telephone', 'sms')),
  mobile text not null default '' constraint transmission_mobile_length check (length(mobile) <= 40),
  tries int not null default 0 constraint transmission_tries check (tries between 0 and 5),
  -- What the browser that gave the code goes by, for half an hour.
  access_hash bytea constraint transmission_access_length check (octet_length(access_hash) = 32),
  access_until timestamptz,
  expires_at timestamptz,
  opened_at timestamptz,
  -- [{ at, documentId }], each time that a document was fetched.
  fetched jsonb not null default '[]',
  revoked_at timestamptz,
  revoked_by uuid,
  -- A fax.
  driver text constraint transmission_driver check (driver in ('manual', 'http')),
  provider_id text constraint transmission_provider_length check (length(provider_id) <= 200),
  attempts int not null default 0 constraint transmission_attempts check (attempts >= 0),
  error_code text constraint transmission_error_length check (length(error_code) <= 60),
  pages int constraint transmission_pages check (pages > 0),
  started_at timestamptz,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  constraint transmission_pkey primary key (clinic_id, id),
  constraint transmission_token_key unique (clinic_id, token_hash),
  constraint transmission_revoked check ((status = 'revoked') = (revoked_at is not null)),
  constraint transmission_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint transmission_communication_fk foreign key (clinic_id, id) references clinic.communication (clinic_id, id) on delete restrict
);
create index transmission_patient_idx on clinic.transmission (clinic_id, patient_id);

-- The fax service that a clinic has an account with. The secret is sealed with the clinic's key and never read back.
create table clinic.fax_account (
  clinic_id uuid not null,
  api_url text not null constraint fax_account_url_length check (length(api_url) between 8 and 300),
  account text not null default '' constraint fax_account_account_length check (length(account) <= 200),
  sealed_secret bytea,
  -- The clinic's own fax number, E.164.
  sender text not null default '' constraint fax_account_sender_length check (length(sender) <= 40),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint fax_account_pkey primary key (clinic_id),
  constraint fax_account_clinic_fk foreign key (clinic_id) references clinic.clinic (clinic_id) on delete restrict
);
create trigger keep_version before update on clinic.fax_account for each row execute function clinic.keep_version();

-- What no screen may forget: a relative receives only what they may act for on that day (AC-17), and what the patient refused is looked at, row by
-- row, by whoever sends (AC-20). Runs as whoever sends, under their policies.
create function clinic.check_communication() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if new.recipient_kind = 'related' and not exists (
    select from clinic.related_person r where r.clinic_id = new.clinic_id and r.id = new.related_person_id and r.patient_id = new.patient_id
      and clinic.may_act(new.clinic_id, r.id, current_date)) then
    raise exception 'may not receive' using errcode = 'check_violation';
  end if;
  if new.recipient_kind <> 'patient' and exists (
    select from clinic.consent c where c.clinic_id = new.clinic_id and c.patient_id = new.patient_id and c.decision = 'deny' and c.withdrawn_at is null
      and (c.expires_on is null or c.expires_on >= current_date)
      and (c.purpose = 'disclosure' or c.purpose = 'relatives' and new.recipient_kind in ('related', 'other'))
      and c.id <> all (new.refusals)) then
    raise exception 'refused by the patient' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_communication before insert on clinic.communication for each row execute function clinic.check_communication();

-- A document goes to somebody only where whoever sends it reads it, in the chart that it is sent from: a foreign key alone looks past the policies.
create function clinic.check_sent_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if new.document_id is not null and not exists (
      select from clinic.document d where d.clinic_id = new.clinic_id and d.id = new.document_id and d.patient_id = new.patient_id)
    or new.chart_export_id is not null and not exists (
      select from clinic.chart_export e where e.clinic_id = new.clinic_id and e.id = new.chart_export_id and e.patient_id = new.patient_id) then
    raise exception 'no such document' using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$;
create trigger check_sent_document before insert on clinic.communication_document for each row execute function clinic.check_sent_document();

-- Found to be in the wrong chart, or no record at all: the links that still show it open nothing from that moment on.
create function clinic.withdraw_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return null; end if;
  if new.patient_id is distinct from old.patient_id or new.status = 'entered-in-error' then
    update clinic.transmission t set status = 'revoked', revoked_at = pg_catalog.now(), revoked_by = nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid
      where t.clinic_id = new.clinic_id and t.channel = 'link' and t.revoked_at is null and exists (
        select from clinic.communication_document d where d.clinic_id = t.clinic_id and d.communication_id = t.id and d.document_id = new.id);
  end if;
  return null;
end $$;
create trigger withdraw_document after update of patient_id, status on clinic.document for each row execute function clinic.withdraw_document();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
  mine constant text := $c$ and author_id = nullif(current_setting('app.user_id', true), '')::uuid$c$;
  -- Titles of documents are of care: whoever gives care sees them, and whoever sent them.
  sender constant text := $c$ and (current_setting('app.clinical', true) = 'on' or author_id = nullif(current_setting('app.user_id', true), '')::uuid)$c$;
  -- What the address of a live link opens, and nothing else.
  linked constant text := $c$ and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex') and revoked_at is null and expires_at > now()$c$;
begin
  foreach name in array array['communication', 'communication_document', 'transmission', 'chart_export', 'fax_account'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  -- The register itself says nothing of care, and is read by whoever answers for privacy: kind of information, to whom, why.
  execute format('create policy staff_clinic on clinic.communication to chevet_staff using (%s) with check (%s)', own || unrestricted, own || unrestricted);
  foreach name in array array['communication_document', 'transmission'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted || sender, own || unrestricted || sender);
  end loop;
  execute format('create policy staff_clinic on clinic.chart_export to chevet_staff using (%s) with check (%s)', own || unrestricted || clinical || mine, own || unrestricted || clinical || mine);
  execute format('create policy staff_clinic on clinic.fax_account to chevet_staff using (%s) with check (%s)', own, own);
  execute format('create policy visitor_own on clinic.transmission to chevet_visitor using (%s) with check (%s)', own || linked, own || linked);
end $$;
grant select, insert on clinic.communication, clinic.communication_document to chevet_staff;
grant select, insert, update (status, contact, driver, token_hash, code_hash, code_by, tries, access_hash, access_until, revoked_at, revoked_by, provider_id, attempts, error_code, pages, started_at, settled_at)
  on clinic.transmission to chevet_staff;
grant select, insert, update (status, steps, done, pages, left_out, file_id, size_bytes, error_code, settled_at) on clinic.chart_export to chevet_staff;
grant select, insert, update on clinic.fax_account to chevet_staff;
grant select (clinic_id, id, patient_id, content, language, token_hash, code_hash, tries, access_hash, access_until, expires_at, opened_at, fetched, revoked_at),
  update (tries, access_hash, access_until, opened_at, fetched) on clinic.transmission to chevet_visitor;

-- The address of a document that was sent opens it whatever became of the clinic's page since. Written into the function as it stands.
do $$
declare
  written text := pg_get_functiondef('reference.enter'::regproc);
  mark constant text := '      -- A calendar that subscribed,';
begin
  if position(mark in written) = 0 then raise exception 'reference.enter has no place for links'; end if;
  execute replace(written, mark, '      -- A document that was sent, while its link lives.
      perform from clinic.transmission s where s.clinic_id = clinic and s.token_hash = enter.token_hash and s.revoked_at is null and s.expires_at > pg_catalog.now();
      if found then return; end if;
' || mark);
end $$;
