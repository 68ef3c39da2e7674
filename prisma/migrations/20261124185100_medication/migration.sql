-- What a patient takes, what was prescribed, and what a prescriber often writes. A signed prescription is never altered: a correction is
-- another, which names the one it replaces.

create table clinic.medication (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'medication' constraint medication_category check (category = 'medication'),
  -- The DIN, the codes of ingredients and the release they were chosen from; '' for words of one's own.
  din text not null default '' constraint medication_din_form check (din ~ '^(\d{8})?$'),
  ingredient_codes text not null default '' constraint medication_ingredient_codes_length check (length(ingredient_codes) <= 300),
  data_version text not null default '' constraint medication_data_version_length check (length(data_version) <= 40),
  label text not null constraint medication_label_length check (length(label) between 1 and 200),
  strength text not null default '' constraint medication_strength_length check (length(strength) <= 120),
  form text not null default '' constraint medication_form_length check (length(form) <= 80),
  route text not null default '' constraint medication_route_length check (length(route) <= 80),
  dose text not null default '' constraint medication_dose_form check (dose ~ '^(\d{1,5}(\.\d{1,3})?)?$'),
  dose_high text not null default '' constraint medication_dose_high_form check (dose_high ~ '^(\d{1,5}(\.\d{1,3})?)?$'),
  dose_unit text not null default '' constraint medication_dose_unit_form check (dose_unit ~ '^[a-z]*$'),
  frequency text not null default '' constraint medication_frequency_form check (frequency ~ '^[a-z0-9-]{0,20}$'),
  as_needed boolean not null default false,
  instructions text not null default '' constraint medication_instructions_length check (length(instructions) <= 300),
  duration_days int constraint medication_duration_days_range check (duration_days between 1 and 730),
  quantity text not null default '' constraint medication_quantity_form check (quantity ~ '^(\d{1,6}(\.\d{1,3})?)?$'),
  repeats int constraint medication_repeats_range check (repeats between 0 and 24),
  no_substitution text not null default '' constraint medication_no_substitution_length check (length(no_substitution) <= 200),
  note text not null default '' constraint medication_note_length check (length(note) <= 1000),
  reason text not null default '' constraint medication_reason_length check (length(reason) <= 300),
  -- Partial dates: '' unknown, 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'.
  started text not null default '' constraint medication_started_form check (started ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  stopped text not null default '' constraint medication_stopped_form check (stopped ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  stop_reason text not null default '' constraint medication_stop_reason_length check (length(stop_reason) <= 300),
  -- Prescribed here, or told by the patient, a pharmacy or another prescriber.
  origin text not null default 'here' constraint medication_origin check (origin in ('here', 'elsewhere')),
  prescribed_on date,
  -- The last day that the last prescription covers with its repeats.
  covered_until date,
  status text not null default 'active' constraint medication_status check (status in ('active', 'stopped', 'entered-in-error')),
  error_reason text constraint medication_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint medication_source_system_length check (length(source_system) <= 60),
  source_id text constraint medication_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint medication_pkey primary key (clinic_id, id),
  constraint medication_stop check (status <> 'stopped' or stop_reason <> ''),
  constraint medication_error check ((status = 'entered-in-error') = (error_reason is not null and error_by is not null and error_at is not null)),
  constraint medication_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index medication_patient_idx on clinic.medication (clinic_id, patient_id, status);

-- « Liste révisée le »: that somebody went through the list with the patient, whether or not anything changed.
create table clinic.medication_review (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'medication' constraint medication_review_category check (category = 'medication'),
  created_at timestamptz not null default now(),
  constraint medication_review_pkey primary key (clinic_id, id),
  constraint medication_review_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index medication_review_patient_idx on clinic.medication_review (clinic_id, patient_id, id);

-- What one prescriber often writes, of nobody in particular.
create table clinic.medication_favourite (
  clinic_id uuid not null constraint medication_favourite_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  author_id uuid not null,
  -- 1 to 9 are keys.
  rank int not null constraint medication_favourite_rank_range check (rank between 1 and 200),
  din text not null default '' constraint medication_favourite_din_form check (din ~ '^(\d{8})?$'),
  ingredient_codes text not null default '' constraint medication_favourite_ingredient_codes_length check (length(ingredient_codes) <= 300),
  data_version text not null default '' constraint medication_favourite_data_version_length check (length(data_version) <= 40),
  label text not null constraint medication_favourite_label_length check (length(label) between 1 and 200),
  strength text not null default '' constraint medication_favourite_strength_length check (length(strength) <= 120),
  form text not null default '' constraint medication_favourite_form_length check (length(form) <= 80),
  route text not null default '' constraint medication_favourite_route_length check (length(route) <= 80),
  dose text not null default '' constraint medication_favourite_dose_form check (dose ~ '^(\d{1,5}(\.\d{1,3})?)?$'),
  dose_high text not null default '' constraint medication_favourite_dose_high_form check (dose_high ~ '^(\d{1,5}(\.\d{1,3})?)?$'),
  dose_unit text not null default '' constraint medication_favourite_dose_unit_form check (dose_unit ~ '^[a-z]*$'),
  frequency text not null default '' constraint medication_favourite_frequency_form check (frequency ~ '^[a-z0-9-]{0,20}$'),
  as_needed boolean not null default false,
  instructions text not null default '' constraint medication_favourite_instructions_length check (length(instructions) <= 300),
  duration_days int constraint medication_favourite_duration_days_range check (duration_days between 1 and 730),
  quantity text not null default '' constraint medication_favourite_quantity_form check (quantity ~ '^(\d{1,6}(\.\d{1,3})?)?$'),
  repeats int constraint medication_favourite_repeats_range check (repeats between 0 and 24),
  no_substitution text not null default '' constraint medication_favourite_no_substitution_length check (length(no_substitution) <= 200),
  note text not null default '' constraint medication_favourite_note_length check (length(note) <= 1000),
  status text not null default 'active' constraint medication_favourite_status check (status in ('active', 'removed')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint medication_favourite_pkey primary key (clinic_id, id)
);
create index medication_favourite_author_idx on clinic.medication_favourite (clinic_id, author_id, status, rank);

create table clinic.prescription (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'medication' constraint prescription_category check (category = 'medication'),
  -- Prepared by anybody who writes in charts; signed by whoever may prescribe, and from then on whole.
  status text not null default 'prepared' constraint prescription_status check (status in ('prepared', 'discarded', 'signed', 'cancelled', 'replaced')),
  number int,
  -- While it is prepared, its items; signed, everything that is printed: who, of whom, where, what, in what language.
  content jsonb not null,
  -- The NAM as it was on that day, sealed for this row: whole on paper only.
  nam_sealed bytea,
  practitioner_id uuid,
  signed_by uuid,
  signed_at timestamptz,
  replaces_id uuid,
  cancel_reason text not null default '' constraint prescription_cancel_reason_length check (length(cancel_reason) <= 300),
  cancelled_by uuid,
  cancelled_at timestamptz,
  source_system text constraint prescription_source_system_length check (length(source_system) <= 60),
  source_id text constraint prescription_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint prescription_pkey primary key (clinic_id, id),
  constraint prescription_number_key unique (clinic_id, number),
  constraint prescription_signed check ((status in ('prepared', 'discarded')) = (number is null)
    and (number is null) = (signed_at is null) and (number is null) = (signed_by is null)),
  constraint prescription_cancelled check ((status = 'cancelled') = (cancelled_at is not null) and (status <> 'cancelled' or cancel_reason <> '')),
  constraint prescription_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint prescription_practitioner_fk foreign key (clinic_id, practitioner_id) references clinic.practitioner (clinic_id, id) on delete restrict,
  constraint prescription_replaces_fk foreign key (clinic_id, replaces_id) references clinic.prescription (clinic_id, id) on delete restrict
);
create index prescription_patient_idx on clinic.prescription (clinic_id, patient_id, status, id);
-- Two windows of one person share what they prepare.
create unique index prescription_prepared_key on clinic.prescription (clinic_id, patient_id, author_id) where status = 'prepared';
create index prescription_replaces_idx on clinic.prescription (clinic_id, replaces_id) where replaces_id is not null;

-- Each line of a signed prescription (FHIR R4 MedicationRequest): what later checks and reports will read.
create table clinic.medication_request (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'medication' constraint medication_request_category check (category = 'medication'),
  prescription_id uuid not null,
  medication_id uuid not null,
  nth int not null constraint medication_request_nth_range check (nth between 1 and 50),
  din text not null default '' constraint medication_request_din_form check (din ~ '^(\d{8})?$'),
  ingredient_codes text not null default '' constraint medication_request_ingredient_codes_length check (length(ingredient_codes) <= 300),
  data_version text not null default '' constraint medication_request_data_version_length check (length(data_version) <= 40),
  label text not null constraint medication_request_label_length check (length(label) between 1 and 200),
  strength text not null default '' constraint medication_request_strength_length check (length(strength) <= 120),
  form text not null default '' constraint medication_request_form_length check (length(form) <= 80),
  route text not null default '' constraint medication_request_route_length check (length(route) <= 80),
  dose text not null default '' constraint medication_request_dose_form check (dose ~ '^(\d{1,5}(\.\d{1,3})?)?$'),
  dose_high text not null default '' constraint medication_request_dose_high_form check (dose_high ~ '^(\d{1,5}(\.\d{1,3})?)?$'),
  dose_unit text not null default '' constraint medication_request_dose_unit_form check (dose_unit ~ '^[a-z]*$'),
  frequency text not null default '' constraint medication_request_frequency_form check (frequency ~ '^[a-z0-9-]{0,20}$'),
  as_needed boolean not null default false,
  instructions text not null default '' constraint medication_request_instructions_length check (length(instructions) <= 300),
  duration_days int constraint medication_request_duration_days_range check (duration_days between 1 and 730),
  quantity text not null default '' constraint medication_request_quantity_form check (quantity ~ '^(\d{1,6}(\.\d{1,3})?)?$'),
  repeats int constraint medication_request_repeats_range check (repeats between 0 and 24),
  no_substitution text not null default '' constraint medication_request_no_substitution_length check (length(no_substitution) <= 200),
  note text not null default '' constraint medication_request_note_length check (length(note) <= 1000),
  created_at timestamptz not null default now(),
  constraint medication_request_pkey primary key (clinic_id, id),
  constraint medication_request_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint medication_request_prescription_fk foreign key (clinic_id, prescription_id) references clinic.prescription (clinic_id, id) on delete restrict,
  constraint medication_request_medication_fk foreign key (clinic_id, medication_id) references clinic.medication (clinic_id, id) on delete restrict
);
create index medication_request_prescription_idx on clinic.medication_request (clinic_id, prescription_id, nth);
create index medication_request_patient_idx on clinic.medication_request (clinic_id, patient_id, id);
create index medication_request_medication_idx on clinic.medication_request (clinic_id, medication_id, id);

-- Signed, only its fate may still be written: that it was cancelled, or replaced by another.
create function clinic.keep_signed() returns trigger language plpgsql set search_path = '' as $$
declare
  fate constant text[] := array['status', 'cancel_reason', 'cancelled_by', 'cancelled_at', 'version', 'last_updated', 'change_number', 'change_txid'];
begin
  if old.status = 'prepared' then return new; end if;
  if old.status = 'signed' and new.status in ('cancelled', 'replaced') and pg_catalog.to_jsonb(new) - fate = pg_catalog.to_jsonb(old) - fate then
    return new;
  end if;
  raise exception 'a signed prescription is not altered' using errcode = 'insufficient_privilege';
end $$;
create trigger keep_signed before update on clinic.prescription for each row execute function clinic.keep_signed();

create function clinic.keep_request() returns trigger language plpgsql set search_path = '' as $$
begin
  -- A clinic that moves in brings its lines whole.
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' then
    perform from clinic.prescription p where p.clinic_id = new.clinic_id and p.id = new.prescription_id and p.status = 'prepared';
    if found then return new; end if;
  end if;
  raise exception 'a signed prescription is not altered' using errcode = 'insufficient_privilege';
end $$;
create trigger keep_request before insert or update on clinic.medication_request for each row execute function clinic.keep_request();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
begin
  foreach name in array array['medication', 'medication_review', 'medication_favourite', 'prescription', 'medication_request'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('grant select, insert on clinic.%I to chevet_staff', name);
  end loop;
  foreach name in array array['medication', 'medication_review', 'prescription', 'medication_request'] loop
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted || clinical, own || unrestricted || clinical);
  end loop;
  execute format('create policy staff_clinic on clinic.medication_favourite to chevet_staff using (%s) with check (%s)', own, own);
  foreach name in array array['medication', 'medication_favourite', 'prescription'] loop
    execute format('grant update on clinic.%I to chevet_staff', name);
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
  end loop;
end $$;

-- Prescriptions are numbered too, and others after them.
alter table clinic.counter drop constraint counter_name;
alter table clinic.counter add constraint counter_name check (name ~ '^[a-z][a-z0-9-]*$');
