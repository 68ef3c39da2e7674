-- Lists of patients: the clinic's order of names, and questions that somebody keeps to ask again.

-- As Québec's directories sort: folded, surname first, accents and hyphens aside (server/patient/fold-name.ts writes search_text).
create index patient_list_idx on clinic.patient (clinic_id, (search_text collate "C"), id);
create index patient_alert_live_idx on clinic.patient_alert (clinic_id, patient_id) where ended_at is null;

create table clinic.patient_list (
  clinic_id uuid not null constraint patient_list_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  author_id uuid not null,
  name text not null constraint patient_list_name_length check (length(name) between 1 and 60),
  -- What is asked, never whom it answers (server/patient/schema.ts: patientFilters).
  filters jsonb not null,
  shared boolean not null default false,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint patient_list_pkey primary key (clinic_id, id)
);
create trigger keep_version before update on clinic.patient_list for each row execute function clinic.keep_version();
alter table clinic.patient_list enable row level security;
alter table clinic.patient_list force row level security;
grant select, insert, update, delete on clinic.patient_list to chevet_mover;
grant select, insert, update on clinic.patient_list to chevet_staff;
create policy mover_clinic on clinic.patient_list to chevet_mover
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
-- It holds questions and no answer: whose it is, and who may remove it, are the verbs' affair.
create policy staff_clinic on clinic.patient_list to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
