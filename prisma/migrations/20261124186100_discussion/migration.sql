-- Discussions: what staff write to each other about a patient. Part of the record: never changed, never taken away, and whoever may read it there
-- reads it. A participant is somebody, or whoever has a role, whose attention is asked for.

create table clinic.discussion (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'message' constraint discussion_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  clinical boolean not null,
  subject text not null constraint discussion_subject_length check (length(subject) between 1 and 200),
  -- When something was last written in it: by this they are listed.
  last_message_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint discussion_pkey primary key (clinic_id, id),
  -- What is said in it is of care exactly when it is.
  constraint discussion_clinical_key unique (clinic_id, id, clinical),
  constraint discussion_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index discussion_last_idx on clinic.discussion (clinic_id, last_message_at desc, id desc);
create index discussion_patient_idx on clinic.discussion (clinic_id, patient_id, last_message_at desc, id desc);

create table clinic.discussion_participant (
  clinic_id uuid not null,
  id uuid not null,
  discussion_id uuid not null,
  patient_id uuid not null,
  -- Who asked for their attention.
  author_id uuid not null,
  category text not null default 'message' constraint discussion_participant_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  clinical boolean not null,
  -- `user:<id>`, `role:<role>` or `profession:<code>`.
  participant text collate "C" not null constraint discussion_participant_form check (participant ~ '^(user:[0-9a-f-]{36}|(role|profession):[a-z]+([_-][a-z]+)*)$'),
  created_at timestamptz not null default now(),
  constraint discussion_participant_pkey primary key (clinic_id, id),
  constraint discussion_participant_once unique (clinic_id, discussion_id, participant),
  constraint discussion_participant_of_fk foreign key (clinic_id, discussion_id, clinical) references clinic.discussion (clinic_id, id, clinical) on delete restrict,
  constraint discussion_participant_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);

create table clinic.discussion_message (
  clinic_id uuid not null,
  id uuid not null,
  discussion_id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'message' constraint discussion_message_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  clinical boolean not null,
  body text not null constraint discussion_message_length check (length(body) between 1 and 4000),
  created_at timestamptz not null default now(),
  constraint discussion_message_pkey primary key (clinic_id, id),
  constraint discussion_message_of_fk foreign key (clinic_id, discussion_id, clinical) references clinic.discussion (clinic_id, id, clinical) on delete restrict,
  constraint discussion_message_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index discussion_message_of_idx on clinic.discussion_message (clinic_id, discussion_id, created_at desc, id desc);

-- How far somebody has read. Their own matter.
create table clinic.discussion_reading (
  clinic_id uuid not null,
  id uuid not null,
  discussion_id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'message' constraint discussion_reading_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  read_until timestamptz not null,
  created_at timestamptz not null default now(),
  constraint discussion_reading_pkey primary key (clinic_id, id),
  constraint discussion_reading_once unique (clinic_id, discussion_id, author_id),
  constraint discussion_reading_of_fk foreign key (clinic_id, discussion_id) references clinic.discussion (clinic_id, id) on delete restrict,
  constraint discussion_reading_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);

-- Of a thread itself only the time of its last message changes, and the record that it is of when two are joined.
create function clinic.keep_discussion() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.subject <> old.subject or new.clinical <> old.clinical or new.author_id <> old.author_id then
    raise exception 'what was written does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_discussion before update on clinic.discussion for each row execute function clinic.keep_discussion();
create trigger keep_version before update on clinic.discussion for each row execute function clinic.keep_version();

create function clinic.tell_discussion() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.pg_notify('chevet_discussion', new.clinic_id::text);
  return null;
end $$;
create trigger tell_discussion after insert on clinic.discussion_message for each row execute function clinic.tell_discussion();
create trigger tell_discussion after insert or update on clinic.discussion_reading for each row execute function clinic.tell_discussion();
create trigger tell_discussion after insert on clinic.discussion_participant for each row execute function clinic.tell_discussion();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  suited constant text := $c$ and (not clinical or current_setting('app.clinical', true) = 'on')$c$;
  mine constant text := $c$ and author_id = nullif(current_setting('app.user_id', true), '')::uuid$c$;
begin
  foreach name in array array['discussion', 'discussion_participant', 'discussion_message', 'discussion_reading'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name,
      own || unrestricted || case name when 'discussion_reading' then mine else suited end,
      own || unrestricted || case name when 'discussion_reading' then mine else suited end);
  end loop;
end $$;
grant select, insert, update on clinic.discussion, clinic.discussion_reading to chevet_staff;
grant select, insert on clinic.discussion_participant, clinic.discussion_message to chevet_staff;
