-- Letters and requests for a consultation: the clinic's templates, what is being written, what was signed, and where each request stands.

create table clinic.letter_template (
  clinic_id uuid not null,
  id uuid not null,
  author_id uuid,
  kind text not null constraint letter_template_kind check (kind in ('letter', 'referral')),
  title text not null constraint letter_template_title_length check (length(title) between 1 and 120),
  -- The version of what it says.
  number int not null default 1 constraint letter_template_number_least check (number >= 1),
  status text not null default 'active' constraint letter_template_status check (status in ('active', 'retired')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint letter_template_pkey primary key (clinic_id, id)
);
create index letter_template_active_idx on clinic.letter_template (clinic_id, title, id) where status = 'active';

create table clinic.letter_template_version (
  clinic_id uuid not null,
  template_id uuid not null,
  number int not null constraint letter_template_version_number_least check (number >= 1),
  title text not null constraint letter_template_version_title_length check (length(title) between 1 and 120),
  -- Subject and text in each language, with fields in them; of a request, its specialty and priority.
  content jsonb not null,
  written_by uuid,
  created_at timestamptz not null default now(),
  constraint letter_template_version_pkey primary key (clinic_id, template_id, number),
  constraint letter_template_version_of_fk foreign key (clinic_id, template_id) references clinic.letter_template (clinic_id, id) on delete restrict
);

create table clinic.letter (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  kind text not null constraint letter_kind check (kind in ('letter', 'referral')),
  -- A request is hidden by a restriction on requests, a letter by one on documents: as the document that it becomes.
  category text not null constraint letter_category check (category = case kind when 'referral' then 'referral' else 'document' end),
  -- What it was begun from; none for a blank page.
  template_id uuid,
  template_number int,
  -- The signed one that this one replaces once it is signed.
  corrects_id uuid,
  -- Filled when it is signed: until then the text is in letter_draft.
  content jsonb not null default '{}',
  status text not null default 'draft' constraint letter_status check (status in ('draft', 'discarded', 'signed', 'replaced', 'entered-in-error')),
  signed_at timestamptz,
  signed_by uuid,
  -- SHA-256 of what was signed.
  content_hash bytea constraint letter_content_hash_length check (octet_length(content_hash) = 32),
  -- The stored PDF, as it was signed.
  document_id uuid,
  -- Of the directory, to whom it is written.
  correspondent_id uuid,
  error_reason text constraint letter_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint letter_source_system_length check (length(source_system) <= 60),
  source_id text constraint letter_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint letter_pkey primary key (clinic_id, id),
  constraint letter_template_whole check ((template_id is null) = (template_number is null)),
  constraint letter_corrects check (corrects_id is distinct from id),
  constraint letter_signed check ((signed_at is null) = (signed_by is null) and (signed_at is null) = (content_hash is null)
    and (signed_at is null or document_id is not null) and (status in ('draft', 'discarded')) = (signed_at is null)),
  constraint letter_error check ((status = 'entered-in-error') = (error_reason is not null) and (error_reason is null) = (error_by is null)
    and (error_reason is null) = (error_at is null)),
  constraint letter_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint letter_template_fk foreign key (clinic_id, template_id, template_number)
    references clinic.letter_template_version (clinic_id, template_id, number) on delete restrict,
  constraint letter_corrects_fk foreign key (clinic_id, corrects_id) references clinic.letter (clinic_id, id) on delete restrict,
  constraint letter_document_fk foreign key (clinic_id, document_id) references clinic.document (clinic_id, id) on delete restrict,
  constraint letter_correspondent_fk foreign key (clinic_id, correspondent_id) references clinic.correspondent (clinic_id, id) on delete restrict
);
create index letter_patient_idx on clinic.letter (clinic_id, patient_id, id desc);
create index letter_correspondent_idx on clinic.letter (clinic_id, correspondent_id, id desc) where correspondent_id is not null;
create index letter_document_idx on clinic.letter (clinic_id, document_id) where document_id is not null;
create index letter_corrects_idx on clinic.letter (clinic_id, corrects_id) where corrects_id is not null;

-- The text while it is written, saved at every pause on top of the revision that its window had: no earlier version is kept of it.
create table clinic.letter_draft (
  clinic_id uuid not null,
  letter_id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null constraint letter_draft_category check (category in ('referral', 'document')),
  content jsonb not null,
  revision int not null default 1,
  -- The save that made this revision: sent again because its answer was lost, it is told from another's.
  save_id uuid,
  saved_at timestamptz not null default now(),
  saved_by uuid not null,
  -- Signed, or put aside: nothing is written in it any more.
  closed_at timestamptz,
  constraint letter_draft_pkey primary key (clinic_id, letter_id),
  constraint letter_draft_letter_fk foreign key (clinic_id, letter_id) references clinic.letter (clinic_id, id) on delete restrict,
  constraint letter_draft_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);

-- « Demande de consultation » (FHIR R4 ServiceRequest): to whom, how soon, and where it stands. Its text is the letter's.
create table clinic.service_request (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'referral' constraint service_request_category check (category = 'referral'),
  -- A corrected letter takes the place of the one before.
  letter_id uuid not null,
  specialty text not null default '' constraint service_request_specialty_length check (length(specialty) <= 100),
  -- The clinical priorities of the province's desks: A within 3 days, B 10 days, C 28 days, D 3 months, E 12 months.
  priority text not null default '' constraint service_request_priority check (priority in ('', 'a', 'b', 'c', 'd', 'e')),
  correspondent_id uuid,
  recipient text not null default '' constraint service_request_recipient_length check (length(recipient) <= 200),
  -- When an answer is expected; past it without one, the request is late.
  expected_on date constraint service_request_expected_range check (expected_on between date '2000-01-01' and date '2200-01-01'),
  status text not null default 'draft'
    constraint service_request_status check (status in ('draft', 'signed', 'sent', 'booked', 'seen', 'report-received', 'cancelled')),
  -- Of the state that it is in: the day that it came to be (the appointment's, for « booked »), and how or why.
  status_on date not null,
  status_note text not null default '' constraint service_request_note_length check (length(status_note) <= 300),
  -- Every state that it was in, with its day, when it was said, by whom and how: written by the trigger alone.
  steps jsonb not null default '[]',
  -- The document that answered it.
  report_document_id uuid,
  source_system text constraint service_request_source_system_length check (length(source_system) <= 60),
  source_id text constraint service_request_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint service_request_pkey primary key (clinic_id, id),
  constraint service_request_whole check (status in ('draft', 'cancelled') or (specialty <> '' and priority <> '' and expected_on is not null)),
  constraint service_request_answered check (status <> 'report-received' or report_document_id is not null),
  constraint service_request_reason check (status <> 'cancelled' or status_note <> ''),
  constraint service_request_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint service_request_letter_fk foreign key (clinic_id, letter_id) references clinic.letter (clinic_id, id) on delete restrict,
  constraint service_request_correspondent_fk foreign key (clinic_id, correspondent_id) references clinic.correspondent (clinic_id, id) on delete restrict,
  constraint service_request_report_fk foreign key (clinic_id, report_document_id) references clinic.document (clinic_id, id) on delete restrict
);
create index service_request_patient_idx on clinic.service_request (clinic_id, patient_id, id desc);
create index service_request_letter_idx on clinic.service_request (clinic_id, letter_id);
create index service_request_status_idx on clinic.service_request (clinic_id, status, expected_on, id);
create index service_request_report_idx on clinic.service_request (clinic_id, report_document_id) where report_document_id is not null;

-- What is signed stays as it was signed. Afterwards another letter may replace it, or it is said to be an error, by whoever says so.
create function clinic.lock_letter() returns trigger language plpgsql set search_path = '' as $$
declare
  me uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  after_signing constant text[] := array['status', 'error_reason', 'error_by', 'error_at', 'version', 'last_updated', 'change_number', 'change_txid'];
begin
  -- Whoever moves a clinic brings what was signed elsewhere, whole.
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'draft' then
      raise exception 'a letter is signed after it was begun' using errcode = 'check_violation', constraint = 'letter_lock';
    end if;
    return new;
  end if;
  if new.author_id <> old.author_id then
    raise exception 'a letter stays its author''s' using errcode = 'check_violation', constraint = 'letter_lock';
  end if;
  if old.status = 'draft' then
    if new.signed_at is not null then
      if new.signed_by is distinct from me or new.status <> 'signed' then
        raise exception 'nobody signs in the name of another' using errcode = 'check_violation', constraint = 'letter_lock';
      end if;
      new.content_hash := pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(new.id, new.patient_id, new.kind, new.template_id,
        new.template_number, new.corrects_id, new.content, new.document_id, new.signed_by, pg_catalog.date_part('epoch', new.signed_at))::text, 'UTF8'));
    end if;
    return new;
  end if;
  if pg_catalog.to_jsonb(new) - after_signing is distinct from pg_catalog.to_jsonb(old) - after_signing
    or not (old.status = new.status or (old.status = 'signed' and new.status in ('replaced', 'entered-in-error')))
    or (new.status = 'entered-in-error' and old.status = 'signed' and new.error_by is distinct from me)
    or (old.status = new.status and (new.error_reason, new.error_by, new.error_at) is distinct from (old.error_reason, old.error_by, old.error_at)) then
    raise exception 'a signed letter is locked' using errcode = 'check_violation', constraint = 'letter_lock';
  end if;
  return new;
end $$;
create trigger lock_letter before insert or update on clinic.letter for each row execute function clinic.lock_letter();

-- The PDF of a letter leaves neither its chart nor its words: it is read, signed off by whom it was sent on to, or said to be an error with its letter.
create function clinic.lock_letter_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or old.source_system <> 'letter' then return new; end if;
  if (new.patient_id, new.category, new.file_id, new.document_type, new.title, new.dated_on, new.source_author, new.source_system, new.source_id)
    is distinct from (old.patient_id, old.category, old.file_id, old.document_type, old.title, old.dated_on, old.source_author, old.source_system, old.source_id)
    or new.status = 'received' then
    raise exception 'a signed letter is locked' using errcode = 'check_violation', constraint = 'letter_lock';
  end if;
  return new;
end $$;
create trigger lock_letter_document before update on clinic.document for each row execute function clinic.lock_letter_document();

-- draft → signed → sent → booked → seen → report received; out of each but the last, cancelled. A step may be left out (nobody told of the
-- appointment), or taken back to the one before it, with a reason. Signed, what was asked for stays; each step is written in its turn, in the
-- name of whoever says it.
create function clinic.step_service_request() returns trigger language plpgsql set search_path = '' as $$
declare
  me uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  onward constant text[] := array['draft', 'signed', 'sent', 'booked', 'seen', 'report-received'];
  here int;
  there int;
begin
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'draft' then
      raise exception 'a request is signed after it was begun' using errcode = 'check_violation', constraint = 'service_request_step';
    end if;
    new.steps := pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('status', new.status, 'on', new.status_on, 'at', pg_catalog.now(), 'by', new.author_id, 'note', ''));
    return new;
  end if;
  if new.steps is distinct from old.steps or new.author_id <> old.author_id or (old.status <> 'draft' and new.patient_id <> old.patient_id) then
    raise exception 'the steps of a request are written in their turn' using errcode = 'check_violation', constraint = 'service_request_step';
  end if;
  if old.status <> 'draft' and (new.specialty, new.priority) is distinct from (old.specialty, old.priority) and new.letter_id = old.letter_id then
    raise exception 'what was asked for is signed' using errcode = 'check_violation', constraint = 'service_request_step';
  end if;
  if new.status = old.status then
    if old.status <> 'draft' and (new.status_on, new.status_note, new.report_document_id) is distinct from (old.status_on, old.status_note, old.report_document_id) then
      raise exception 'the steps of a request are written in their turn' using errcode = 'check_violation', constraint = 'service_request_step';
    end if;
    return new;
  end if;
  here := pg_catalog.array_position(onward, old.status);
  there := pg_catalog.array_position(onward, new.status);
  if old.status = 'cancelled'
    or (new.status = 'cancelled' and old.status = 'report-received')
    -- Signed is signed: a draft is left by signing alone, and nothing goes back to it.
    or (there is not null and ((old.status = 'draft') <> (new.status = 'signed' and old.status = 'draft')
      or (there < here and (there < 2 or new.status_note = ''))
      or (old.status = 'signed' and new.status not in ('sent', 'cancelled')))) then
    raise exception 'no request goes from % to %', old.status, new.status using errcode = 'check_violation', constraint = 'service_request_step';
  end if;
  new.steps := old.steps || pg_catalog.jsonb_build_object('status', new.status, 'on', new.status_on, 'at', pg_catalog.now(), 'by', me, 'note', new.status_note);
  return new;
end $$;
create trigger step_service_request before insert or update on clinic.service_request for each row execute function clinic.step_service_request();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
begin
  foreach name in array array['letter_template', 'letter_template_version', 'letter', 'letter_draft', 'service_request'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('grant select, insert on clinic.%I to chevet_staff', name);
    if name in ('letter_template', 'letter_template_version') then
      -- What is written of nobody.
      execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
    else
      execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted || clinical, own || unrestricted || clinical);
    end if;
  end loop;
  foreach name in array array['letter_template', 'letter', 'service_request'] loop
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
  end loop;
end $$;
grant update on clinic.letter_template, clinic.letter, clinic.letter_draft, clinic.service_request to chevet_staff;
