-- What is known of a patient: problems, history, allergies, measures and results, vaccines. Each row is a statement somebody made;
-- it is changed on top of what was read, keeps its earlier versions, and is never deleted: a mistake says so, with who and why.

-- Partial dates, as people know them: '' unknown, 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'.
create table clinic.condition (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'condition' constraint condition_category check (category = 'condition'),
  -- What it was chosen from, when it was: '' is free text.
  code_system text not null default '' constraint condition_code_system_length check (length(code_system) <= 60),
  code text not null default '' constraint condition_code_length check (length(code) <= 60),
  code_version text not null default '' constraint condition_code_version_length check (length(code_version) <= 40),
  label text not null constraint condition_label_length check (length(label) between 1 and 300),
  onset text not null default '' constraint condition_onset_form check (onset ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  abatement text not null default '' constraint condition_abatement_form check (abatement ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  note text not null default '' constraint condition_note_length check (length(note) <= 2000),
  -- The order that the team gave them; alike, the oldest first.
  rank int not null default 1000 constraint condition_rank_range check (rank between 0 and 10000),
  status text not null default 'active' constraint condition_status check (status in ('active', 'resolved', 'entered-in-error')),
  error_reason text constraint condition_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint condition_source_system_length check (length(source_system) <= 60),
  source_id text constraint condition_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint condition_pkey primary key (clinic_id, id),
  constraint condition_error check ((status = 'entered-in-error') = (error_reason is not null and error_by is not null and error_at is not null)),
  constraint condition_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index condition_patient_idx on clinic.condition (clinic_id, patient_id, status);

create table clinic.history_entry (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'history' constraint history_entry_category check (category = 'history'),
  kind text not null constraint history_entry_kind check (kind in ('personal', 'family', 'social')),
  -- Of whom, in a family's history.
  relation text not null default '' constraint history_entry_relation check (relation in ('', 'mother', 'father', 'sister', 'brother', 'child', 'grandparent', 'other')),
  label text not null constraint history_entry_label_length check (length(label) between 1 and 300),
  occurred text not null default '' constraint history_entry_occurred_form check (occurred ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  note text not null default '' constraint history_entry_note_length check (length(note) <= 2000),
  status text not null default 'active' constraint history_entry_status check (status in ('active', 'ended', 'entered-in-error')),
  error_reason text constraint history_entry_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint history_entry_source_system_length check (length(source_system) <= 60),
  source_id text constraint history_entry_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint history_entry_pkey primary key (clinic_id, id),
  constraint history_entry_of_family check (relation = '' or kind = 'family'),
  constraint history_entry_error check ((status = 'entered-in-error') = (error_reason is not null and error_by is not null and error_at is not null)),
  constraint history_entry_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index history_entry_patient_idx on clinic.history_entry (clinic_id, patient_id, status);

-- « No known allergy » is a statement too, with its author and its day: an empty list only says that nobody asked.
create table clinic.allergy_intolerance (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'allergy' constraint allergy_intolerance_category check (category = 'allergy'),
  kind text not null constraint allergy_intolerance_kind check (kind in ('allergy', 'intolerance', 'none-known')),
  code_system text not null default '' constraint allergy_intolerance_code_system_length check (length(code_system) <= 60),
  code text not null default '' constraint allergy_intolerance_code_length check (length(code) <= 60),
  code_version text not null default '' constraint allergy_intolerance_code_version_length check (length(code_version) <= 40),
  substance text not null default '' constraint allergy_intolerance_substance_length check (length(substance) <= 200),
  reaction text not null default '' constraint allergy_intolerance_reaction_length check (length(reaction) <= 300),
  severity text not null default '' constraint allergy_intolerance_severity check (severity in ('', 'mild', 'moderate', 'severe')),
  certainty text not null default 'confirmed' constraint allergy_intolerance_certainty check (certainty in ('confirmed', 'unconfirmed', 'refuted')),
  onset text not null default '' constraint allergy_intolerance_onset_form check (onset ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  note text not null default '' constraint allergy_intolerance_note_length check (length(note) <= 2000),
  status text not null default 'active' constraint allergy_intolerance_status check (status in ('active', 'resolved', 'entered-in-error')),
  error_reason text constraint allergy_intolerance_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint allergy_intolerance_source_system_length check (length(source_system) <= 60),
  source_id text constraint allergy_intolerance_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint allergy_intolerance_pkey primary key (clinic_id, id),
  constraint allergy_intolerance_none check ((kind = 'none-known') = (substance = '')),
  constraint allergy_intolerance_error check ((status = 'entered-in-error') = (error_reason is not null and error_by is not null and error_at is not null)),
  constraint allergy_intolerance_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index allergy_intolerance_patient_idx on clinic.allergy_intolerance (clinic_id, patient_id, status);
create unique index allergy_intolerance_none_key on clinic.allergy_intolerance (clinic_id, patient_id, kind) where kind = 'none-known' and status = 'active';

-- A measure, a result or a finding. Values are exact decimals: 7.1 is 7.1, and nothing is ever searched by value.
create table clinic.observation (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'observation' constraint observation_category check (category = 'observation'),
  -- One word per series: a measure that Chevet knows ('weight'), 'system|code' of a loaded list, or '=words' for what was written freely.
  code text collate "C" not null constraint observation_code_length check (length(code) between 1 and 140),
  code_version text not null default '' constraint observation_code_version_length check (length(code_version) <= 40),
  -- What it is called when Chevet does not know the measure.
  label text not null default '' constraint observation_label_length check (length(label) <= 200),
  effective_at timestamptz not null constraint observation_effective_at_range check (effective_at between timestamptz '1900-01-01 00:00+00' and timestamptz '2200-01-01 00:00+00'),
  value numeric(14, 5),
  comparator text not null default '' constraint observation_comparator check (comparator in ('', '<', '<=', '>=', '>')),
  unit text not null default '' constraint observation_unit_length check (length(unit) <= 40),
  value_text text not null default '' constraint observation_value_text_length check (length(value_text) <= 500),
  -- The laboratory's own range, when it gave one.
  low numeric(14, 5),
  high numeric(14, 5),
  -- As it was read off the instrument, when that was another unit: « 172 lb ».
  entered text not null default '' constraint observation_entered_length check (length(entered) <= 60),
  note text not null default '' constraint observation_note_length check (length(note) <= 500),
  -- Taken together: the two numbers of a blood pressure, the values of one form or one report.
  panel_id uuid,
  -- The report that it came with: written by the room that receives reports, which brings its foreign key.
  report_id uuid,
  status text not null default 'final' constraint observation_status check (status in ('final', 'entered-in-error')),
  error_reason text constraint observation_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint observation_source_system_length check (length(source_system) <= 60),
  source_id text constraint observation_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint observation_pkey primary key (clinic_id, id),
  constraint observation_says check (value is not null or value_text <> ''),
  constraint observation_range check (low is null or high is null or low <= high),
  constraint observation_error check ((status = 'entered-in-error') = (error_reason is not null and error_by is not null and error_at is not null)),
  constraint observation_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
-- The last values of a series, without the others; and the next series after this one.
create index observation_series_idx on clinic.observation (clinic_id, patient_id, code, effective_at desc, id desc) where status = 'final';
create index observation_time_idx on clinic.observation (clinic_id, patient_id, effective_at) where status = 'final';

create table clinic.immunization (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'immunization' constraint immunization_category check (category = 'immunization'),
  code_system text not null default '' constraint immunization_code_system_length check (length(code_system) <= 60),
  code text not null default '' constraint immunization_code_length check (length(code) <= 60),
  code_version text not null default '' constraint immunization_code_version_length check (length(code_version) <= 40),
  -- Against what, in the words of the list: « Grippe ».
  vaccine text not null constraint immunization_vaccine_length check (length(vaccine) between 1 and 200),
  -- The trade name on the vial.
  product text not null default '' constraint immunization_product_length check (length(product) <= 200),
  occurred text not null default '' constraint immunization_occurred_form check (occurred ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
  lot text not null default '' constraint immunization_lot_length check (length(lot) <= 60),
  expires_on date,
  site text not null default '' constraint immunization_site check (site in ('', 'left-arm', 'right-arm', 'left-thigh', 'right-thigh', 'other')),
  route text not null default '' constraint immunization_route check (route in ('', 'im', 'sc', 'id', 'oral', 'nasal')),
  dose text not null default '' constraint immunization_dose_length check (length(dose) <= 40),
  dose_number int constraint immunization_dose_number_range check (dose_number between 1 and 20),
  -- Given here, or told by the patient, a card or a register.
  origin text not null default 'here' constraint immunization_origin check (origin in ('here', 'elsewhere')),
  not_done_reason text not null default '' constraint immunization_not_done_reason_length check (length(not_done_reason) <= 300),
  note text not null default '' constraint immunization_note_length check (length(note) <= 2000),
  status text not null default 'completed' constraint immunization_status check (status in ('completed', 'not-done', 'entered-in-error')),
  error_reason text constraint immunization_error_reason_length check (length(error_reason) between 1 and 300),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint immunization_source_system_length check (length(source_system) <= 60),
  source_id text constraint immunization_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint immunization_pkey primary key (clinic_id, id),
  constraint immunization_refusal check (status <> 'not-done' or not_done_reason <> ''),
  constraint immunization_error check ((status = 'entered-in-error') = (error_reason is not null and error_by is not null and error_at is not null)),
  constraint immunization_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index immunization_patient_idx on clinic.immunization (clinic_id, patient_id, status);

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
begin
  foreach name in array array['condition', 'history_entry', 'allergy_intolerance', 'observation', 'immunization'] loop
    execute format('create trigger keep_version before update on clinic.%I for each row execute function clinic.keep_version()', name);
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted || clinical, own || unrestricted || clinical);
  end loop;
end $$;
