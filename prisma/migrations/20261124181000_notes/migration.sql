-- What is written of care at a visit: the encounter, its notes, the templates that they follow, and the phrases that fill them.

-- A visit and one who gives care at it; a note by telephone has no appointment.
create table clinic.encounter (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'note' constraint encounter_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  appointment_id uuid,
  -- Who gives care at it; null for a trainee, who has no card: then it is the author's.
  practitioner_id uuid,
  -- How they met: FHIR R4 Encounter.class in words.
  class text not null default 'ambulatory' constraint encounter_class check (class in ('ambulatory', 'virtual', 'telephone', 'home', 'none')),
  status text not null default 'in-progress' constraint encounter_status check (status in ('in-progress', 'finished', 'entered-in-error')),
  reason text not null default '' constraint encounter_reason_length check (length(reason) <= 500),
  started_at timestamptz not null,
  ended_at timestamptz,
  source_system text constraint encounter_source_system_length check (length(source_system) <= 100),
  source_id text constraint encounter_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint encounter_pkey primary key (clinic_id, id),
  constraint encounter_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint encounter_appointment_fk foreign key (clinic_id, appointment_id) references clinic.appointment (clinic_id, id) on delete restrict,
  constraint encounter_practitioner_fk foreign key (clinic_id, practitioner_id) references clinic.practitioner (clinic_id, id) on delete restrict
);
-- One per visit and participant: opened twice, it is the same.
create unique index encounter_visit_key on clinic.encounter (clinic_id, appointment_id, practitioner_id)
  where appointment_id is not null and practitioner_id is not null;
create unique index encounter_author_key on clinic.encounter (clinic_id, appointment_id, author_id)
  where appointment_id is not null and practitioner_id is null;
create index encounter_patient_idx on clinic.encounter (clinic_id, patient_id, started_at desc, id desc);

-- A template of notes. What it asks is in its versions, none of which ever changes: a note keeps the one that it was written on.
create table clinic.questionnaire (
  clinic_id uuid not null,
  id uuid not null,
  -- Shipped with Chevet, in one language: « soap.fr ». Null: the clinic's own.
  shipped_key text constraint questionnaire_shipped_key_form check (shipped_key ~ '^[a-z]+(-[a-z]+)*\.(fr|en)$' and length(shipped_key) <= 60),
  title text not null constraint questionnaire_title_length check (length(title) between 1 and 120),
  -- '' : for everybody.
  profession text not null default '' constraint questionnaire_profession_length check (length(profession) <= 60),
  -- Whose own it is; null: the clinic's.
  owner_id uuid,
  number int not null default 1 constraint questionnaire_number_least check (number >= 1),
  status text not null default 'active' constraint questionnaire_status check (status in ('active', 'retired')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint questionnaire_pkey primary key (clinic_id, id),
  constraint questionnaire_shipped_key unique (clinic_id, shipped_key)
);

create table clinic.questionnaire_version (
  clinic_id uuid not null,
  questionnaire_id uuid not null,
  number int not null constraint questionnaire_version_number_least check (number >= 1),
  title text not null constraint questionnaire_version_title_length check (length(title) between 1 and 120),
  items jsonb not null,
  written_by uuid,
  created_at timestamptz not null default now(),
  constraint questionnaire_version_pkey primary key (clinic_id, questionnaire_id, number),
  constraint questionnaire_version_of_fk foreign key (clinic_id, questionnaire_id) references clinic.questionnaire (clinic_id, id) on delete restrict
);

create table clinic.note (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'note' constraint note_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  -- '' : whoever may read the chart. Otherwise `user:<id>;` and `profession:<code>;`, beside the author.
  audience text not null default '' constraint note_audience_length check (length(audience) <= 2000),
  encounter_id uuid not null,
  questionnaire_id uuid not null,
  questionnaire_number int not null,
  -- An addendum or a correction says of which note; the note itself stays as it was signed.
  amends_id uuid,
  relation text constraint note_relation check (relation in ('addendum', 'correction')),
  title text not null default '' constraint note_title_length check (length(title) <= 200),
  -- Filled when it is signed: until then the text is in note_draft.
  answers jsonb not null default '{}',
  diagnoses jsonb not null default '[]',
  -- FHIR R4 Composition.status.
  status text not null default 'preliminary' constraint note_status check (status in ('preliminary', 'final', 'amended', 'entered-in-error')),
  -- When the care was given.
  occurred_at timestamptz not null,
  -- Signed long after.
  late boolean not null default false,
  signed_at timestamptz,
  signed_by uuid,
  -- SHA-256 of what was signed.
  content_hash bytea constraint note_content_hash_length check (octet_length(content_hash) = 32),
  -- Who answers for a trainee.
  cosigner_id uuid,
  cosigned_at timestamptz,
  cosigned_by uuid,
  error_reason text constraint note_error_reason_length check (length(error_reason) between 1 and 500),
  error_by uuid,
  error_at timestamptz,
  source_system text constraint note_source_system_length check (length(source_system) <= 100),
  source_id text constraint note_source_id_length check (length(source_id) <= 200),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint note_pkey primary key (clinic_id, id),
  constraint note_amends check ((relation is null or amends_id is not null) and amends_id is distinct from id),
  constraint note_signed check ((signed_at is null) = (signed_by is null) and (signed_at is null) = (content_hash is null)
    and (status not in ('final', 'amended') or signed_at is not null) and (status <> 'preliminary' or signed_at is null)),
  constraint note_cosigned check ((cosigned_at is null) = (cosigned_by is null) and (cosigned_at is null or signed_at is not null)),
  constraint note_error check ((status = 'entered-in-error') = (error_reason is not null) and (error_reason is null) = (error_by is null)
    and (error_reason is null) = (error_at is null)),
  constraint note_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint note_encounter_fk foreign key (clinic_id, encounter_id) references clinic.encounter (clinic_id, id) on delete restrict,
  constraint note_questionnaire_fk foreign key (clinic_id, questionnaire_id, questionnaire_number)
    references clinic.questionnaire_version (clinic_id, questionnaire_id, number) on delete restrict,
  constraint note_amends_fk foreign key (clinic_id, amends_id) references clinic.note (clinic_id, id) on delete restrict
);
create index note_patient_idx on clinic.note (clinic_id, patient_id, occurred_at desc, id desc);
create index note_encounter_idx on clinic.note (clinic_id, encounter_id);
create index note_amends_idx on clinic.note (clinic_id, amends_id) where amends_id is not null;
create index note_unsigned_idx on clinic.note (clinic_id, author_id, occurred_at, id) where status = 'preliminary';
create index note_to_cosign_idx on clinic.note (clinic_id, cosigner_id, occurred_at, id) where cosigner_id is not null and cosigned_at is null;

-- The text while it is being written: saved at every pause, so no earlier version is kept of it. Its revision says which text the writer
-- had before them; who holds the edit says so for two minutes at a time, and then it is anybody's.
create table clinic.note_draft (
  clinic_id uuid not null,
  note_id uuid not null,
  patient_id uuid not null,
  author_id uuid,
  category text not null default 'note' constraint note_draft_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  audience text not null default '' constraint note_draft_audience_length check (length(audience) <= 2000),
  title text not null default '' constraint note_draft_title_length check (length(title) <= 200),
  answers jsonb not null default '{}',
  diagnoses jsonb not null default '[]',
  revision int not null default 1,
  -- The save that made this revision: sent again because its answer was lost, it is told from another's.
  save_id uuid,
  saved_at timestamptz not null default now(),
  saved_by uuid,
  holder_id uuid,
  -- One window of the browser, by the name that it gave itself.
  holder_tab text constraint note_draft_tab_length check (length(holder_tab) <= 64),
  held_until timestamptz,
  -- Signed, or put aside: nothing is written in it any more.
  closed_at timestamptz,
  constraint note_draft_pkey primary key (clinic_id, note_id),
  constraint note_draft_held check ((holder_id is null) = (holder_tab is null) and (holder_id is null) = (held_until is null)),
  constraint note_draft_note_fk foreign key (clinic_id, note_id) references clinic.note (clinic_id, id) on delete restrict,
  constraint note_draft_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index note_draft_patient_idx on clinic.note_draft (clinic_id, patient_id) where closed_at is null;

-- « .examnormal »: a text that is called by a word.
create table clinic.phrase (
  clinic_id uuid not null,
  id uuid not null,
  -- Whose own it is; null: the clinic's.
  owner_id uuid,
  code text not null constraint phrase_code_form check (code ~ '^[a-z0-9]{1,30}$'),
  title text not null default '' constraint phrase_title_length check (length(title) <= 120),
  body text not null constraint phrase_body_length check (length(body) between 1 and 8000),
  status text not null default 'active' constraint phrase_status check (status in ('active', 'retired')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint phrase_pkey primary key (clinic_id, id)
);
create unique index phrase_own_key on clinic.phrase (clinic_id, owner_id, code) where status = 'active' and owner_id is not null;
create unique index phrase_clinic_key on clinic.phrase (clinic_id, code) where status = 'active' and owner_id is null;

-- What is signed stays as it was signed. Afterwards it may be co-signed, told to be amended by another note, or declared an error: each once,
-- by whoever is here, in their own name. The hash is made here, of what is here, so that no caller can say another.
create function clinic.lock_note() returns trigger language plpgsql set search_path = '' as $$
declare
  me uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  after_signing constant text[] := array['status', 'cosigned_at', 'cosigned_by', 'error_reason', 'error_by', 'error_at',
    'version', 'last_updated', 'change_number', 'change_txid'];
begin
  -- Whoever moves a clinic brings what was signed elsewhere, whole.
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'preliminary' then
      raise exception 'a note is signed after it was begun' using errcode = 'check_violation', constraint = 'note_lock';
    end if;
    return new;
  end if;
  if old.status = 'preliminary' then
    if new.author_id is distinct from old.author_id then
      raise exception 'a note stays its author''s' using errcode = 'check_violation', constraint = 'note_lock';
    end if;
    if new.signed_at is not null then
      if new.signed_by is distinct from me or new.status <> 'final' or new.cosigned_at is not null then
        raise exception 'nobody signs in the name of another' using errcode = 'check_violation', constraint = 'note_lock';
      end if;
      new.content_hash := pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(new.id, new.patient_id, new.encounter_id,
        new.questionnaire_id, new.questionnaire_number, new.amends_id, new.relation, new.title, new.answers, new.diagnoses,
        pg_catalog.date_part('epoch', new.occurred_at), new.signed_by, pg_catalog.date_part('epoch', new.signed_at))::text, 'UTF8'));
    end if;
    return new;
  end if;
  if pg_catalog.to_jsonb(new) - after_signing is distinct from pg_catalog.to_jsonb(old) - after_signing then
    raise exception 'a signed note is locked' using errcode = 'check_violation', constraint = 'note_lock';
  end if;
  if old.status = 'entered-in-error' or (new.status <> old.status and new.status = 'preliminary')
    or (old.status = 'amended' and new.status = 'final')
    or (old.cosigned_at is not null and (new.cosigned_at, new.cosigned_by) is distinct from (old.cosigned_at, old.cosigned_by))
    or (old.cosigned_at is null and new.cosigned_at is not null and (new.cosigned_by is distinct from me or me = old.signed_by))
    or (new.error_reason is not null and new.error_by is distinct from me) then
    raise exception 'a signed note is locked' using errcode = 'check_violation', constraint = 'note_lock';
  end if;
  return new;
end $$;

-- The private notes of a patient that are not for whoever asks: ids alone, to say that there is something to break the glass for.
create function clinic.private_notes(clinic uuid, patient uuid) returns setof uuid language sql stable security definer set search_path = '' as $$
  select n.id from clinic.note n
  where n.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and n.clinic_id = private_notes.clinic
    and n.patient_id = private_notes.patient and n.audience <> '' and n.status <> 'entered-in-error'
    and nullif(pg_catalog.current_setting('app.clinical', true), '') = 'on'
    and n.author_id is distinct from nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid
    and pg_catalog.strpos(n.audience, 'user:' || coalesce(pg_catalog.current_setting('app.user_id', true), '') || ';') = 0
    and pg_catalog.strpos(n.audience, 'profession:' || coalesce(pg_catalog.current_setting('app.profession', true), '') || ';') = 0
$$;
grant select (clinic_id, id, patient_id, author_id, audience, status) on clinic.note to chevet_search;
grant execute on function clinic.private_notes to chevet_staff;
grant create on schema clinic to chevet_search;
alter function clinic.private_notes owner to chevet_search;
revoke create on schema clinic from chevet_search;

create trigger keep_version before update on clinic.encounter for each row execute function clinic.keep_version();
create trigger keep_version before update on clinic.questionnaire for each row execute function clinic.keep_version();
create trigger keep_version before update on clinic.note for each row execute function clinic.keep_version();
create trigger keep_version before update on clinic.phrase for each row execute function clinic.keep_version();
create trigger lock_note before insert or update on clinic.note for each row execute function clinic.lock_note();
do $$
declare
  name text;
  allowed text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
  addressed constant text := $c$ and (audience = '' or author_id = nullif(current_setting('app.user_id', true), '')::uuid
    or position('user:' || nullif(current_setting('app.user_id', true), '') || ';' in audience) > 0
    or position('profession:' || nullif(current_setting('app.profession', true), '') || ';' in audience) > 0
    or patient_id = nullif(current_setting('app.glass_patient', true), '')::uuid)$c$;
begin
  foreach name in array array['encounter', 'questionnaire', 'questionnaire_version', 'note', 'note_draft', 'phrase'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    allowed := case
      when name in ('note', 'note_draft') then own || unrestricted || clinical || addressed
      when name = 'encounter' then own || unrestricted || clinical
      -- What is written of nobody.
      else own end;
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, allowed, allowed);
  end loop;
end $$;
grant select, insert, update on clinic.encounter, clinic.questionnaire, clinic.note, clinic.note_draft, clinic.phrase to chevet_staff;
grant select, insert on clinic.questionnaire_version to chevet_staff;
