-- A register brought from another program: the file as it came, what its columns mean, and what became of each line.
create table clinic.patient_import (
  clinic_id uuid not null constraint patient_import_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  author_id uuid not null,
  file_id uuid not null,
  name text not null constraint patient_import_name_length check (length(name) between 1 and 200),
  -- Whose numbers the file bears: with a line's own number, a record is never imported twice.
  source_system text not null constraint patient_import_source_length check (length(source_system) between 1 and 60),
  encoding text not null constraint patient_import_encoding check (encoding in ('utf-8', 'windows-1252')),
  delimiter text not null constraint patient_import_delimiter check (delimiter in (';', ',', E'\t')),
  -- Field → column (server/patient-import/schema.ts).
  mapping jsonb not null default '{}',
  with_duplicates boolean not null default false,
  status text not null default 'draft' constraint patient_import_status check (status in ('draft', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed')),
  line_count int not null constraint patient_import_line_count check (line_count between 0 and 20000),
  done int not null default 0,
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint patient_import_pkey primary key (clinic_id, id),
  constraint patient_import_file_fk foreign key (clinic_id, file_id) references clinic.stored_file (clinic_id, id) on delete restrict
);

-- Codes and numbers alone: what a cell says stays in the file, sealed.
create table clinic.patient_import_line (
  clinic_id uuid not null,
  import_id uuid not null,
  line int not null constraint patient_import_line_positive check (line > 0),
  outcome text not null constraint patient_import_line_outcome check (outcome in ('ready', 'error', 'duplicate', 'known', 'created', 'undone', 'used')),
  -- The record that was opened; no key on patient, since a merge does not rewrite what was imported.
  record_id uuid,
  record_version int,
  -- Field → key of the sentence.
  errors jsonb not null default '{}',
  constraint patient_import_line_pkey primary key (clinic_id, import_id, line),
  constraint patient_import_line_import_fk foreign key (clinic_id, import_id) references clinic.patient_import (clinic_id, id) on delete restrict
);
create index patient_import_line_outcome_idx on clinic.patient_import_line (clinic_id, import_id, outcome, line);

create trigger keep_version before update on clinic.patient_import for each row execute function clinic.keep_version();
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  foreach name in array array['patient_import', 'patient_import_line'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('grant select, insert, update on clinic.%I to chevet_staff', name);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
  end loop;
end $$;

-- Of these patients, those that something names beside their own contacts: a visit, a note, a message. Runs as mover, who sees them all.
create function clinic.named_elsewhere(clinic uuid, patients uuid[]) returns setof uuid language plpgsql stable set search_path = '' as $$
declare
  p record;
begin
  for p in select t.entity, t.place from clinic.patient_places() t where t.entity <> 'patient_contact' loop
    return query execute pg_catalog.format('select distinct t.%I from clinic.%I t where t.clinic_id = $1 and t.%I = any ($2)', p.place, p.entity, p.place)
      using clinic, patients;
  end loop;
end $$;
grant execute on function clinic.named_elsewhere to chevet_mover;
