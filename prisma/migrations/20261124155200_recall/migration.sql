-- « See again in six months »: a list of people to reach, and what was tried. A visit that is booked since answers a recall by itself.
create table clinic.recall (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'appointment' constraint recall_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  -- null: any visit answers it.
  service_id uuid,
  practitioner_id uuid,
  due_on date not null constraint recall_due_range check (due_on between date '2000-01-01' and date '2200-01-01'),
  reason text not null default '' constraint recall_reason_length check (length(reason) <= 300),
  status text not null default 'open' constraint recall_status check (status in ('open', 'closed')),
  closed_reason text constraint recall_closed_reason check (closed_reason in ('booked', 'declined', 'unreachable', 'not-needed')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint recall_pkey primary key (clinic_id, id),
  constraint recall_closed check ((status = 'closed') = (closed_reason is not null)),
  constraint recall_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint recall_service_fk foreign key (clinic_id, service_id) references clinic.healthcare_service (clinic_id, id) on delete restrict,
  constraint recall_practitioner_fk foreign key (clinic_id, practitioner_id) references clinic.practitioner (clinic_id, id) on delete restrict
);
create index recall_open_idx on clinic.recall (clinic_id, due_on, id) where status = 'open';
create index recall_patient_idx on clinic.recall (clinic_id, patient_id);

-- Each try, as it was made: never changed.
create table clinic.recall_attempt (
  clinic_id uuid not null,
  id uuid not null,
  recall_id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'appointment' constraint recall_attempt_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  kind text not null constraint recall_attempt_kind check (kind in ('called', 'left-message', 'no-answer', 'mailed')),
  note text not null default '' constraint recall_attempt_note_length check (length(note) <= 300),
  created_at timestamptz not null default now(),
  constraint recall_attempt_pkey primary key (clinic_id, id),
  constraint recall_attempt_recall_fk foreign key (clinic_id, recall_id) references clinic.recall (clinic_id, id) on delete restrict,
  constraint recall_attempt_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index recall_attempt_recall_idx on clinic.recall_attempt (clinic_id, recall_id, id);

create trigger keep_version before update on clinic.recall for each row execute function clinic.keep_version();
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['recall', 'recall_attempt'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own || unrestricted, own || unrestricted);
  end loop;
end $$;
grant select, insert, update on clinic.recall to chevet_staff;
grant select, insert on clinic.recall_attempt to chevet_staff;
