-- Which problems a signed note hangs on: one row for each (a note is signed once), written with the signature and never after. The note's own text says the
-- same, sealed; these rows are how a problem finds its notes.
create table clinic.note_condition (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  -- Who wrote the note, and for whom it is: a link says no more to others than the note does.
  author_id uuid,
  category text not null default 'note' constraint note_condition_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  audience text not null default '' constraint note_condition_audience_length check (length(audience) <= 2000),
  note_id uuid not null,
  condition_id uuid not null,
  created_at timestamptz not null default now(),
  constraint note_condition_pkey primary key (clinic_id, id),
  constraint note_condition_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint note_condition_note_fk foreign key (clinic_id, note_id) references clinic.note (clinic_id, id) on delete restrict,
  constraint note_condition_condition_fk foreign key (clinic_id, condition_id) references clinic.condition (clinic_id, id) on delete restrict
);
create index note_condition_notes_idx on clinic.note_condition (clinic_id, condition_id, note_id);
create index note_condition_note_idx on clinic.note_condition (clinic_id, note_id);
create index note_condition_patient_idx on clinic.note_condition (clinic_id, patient_id);

do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
  addressed constant text := $c$ and (audience = '' or author_id = nullif(current_setting('app.user_id', true), '')::uuid
    or position('user:' || nullif(current_setting('app.user_id', true), '') || ';' in audience) > 0
    or position('profession:' || nullif(current_setting('app.profession', true), '') || ';' in audience) > 0
    or patient_id = nullif(current_setting('app.glass_patient', true), '')::uuid)$c$;
  allowed constant text := own || unrestricted || clinical || addressed;
begin
  alter table clinic.note_condition enable row level security;
  alter table clinic.note_condition force row level security;
  execute format('create policy mover_clinic on clinic.note_condition to chevet_mover using (%s) with check (%s)', own, own);
  execute format('create policy staff_clinic on clinic.note_condition to chevet_staff using (%s) with check (%s)', allowed, allowed);
end $$;
grant select, insert, update, delete on clinic.note_condition to chevet_mover;
grant select, insert on clinic.note_condition to chevet_staff;
