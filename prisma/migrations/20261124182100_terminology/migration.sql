-- Lists of codes to choose from (problems, substances, vaccines, measures). The host loads what is public, or what it holds a
-- licence for, into `reference`; a clinic keeps its own list among its rows. Nothing whose licence forbids it is shipped.

create table reference.code_system (
  system text not null constraint code_system_form check (system ~ '^[a-z0-9][a-z0-9.-]{0,59}$'),
  version text not null constraint code_system_version_length check (length(version) between 1 and 40),
  title_fr text not null constraint code_system_title_fr_length check (length(title_fr) between 1 and 200),
  title_en text not null constraint code_system_title_en_length check (length(title_en) between 1 and 200),
  -- What its licence asks to be shown.
  notice text not null default '' constraint code_system_notice_length check (length(notice) <= 2000),
  -- One version of each is searched; what was recorded from an earlier one keeps its words and its version.
  current boolean not null,
  loaded_at timestamptz not null default now(),
  constraint code_system_pkey primary key (system, version)
);
create unique index code_system_current_key on reference.code_system (system) where current;

create table reference.concept (
  system text not null,
  version text not null,
  code text not null constraint concept_code_length check (length(code) between 1 and 60),
  kind text not null constraint concept_kind check (kind in ('problem', 'substance', 'vaccine', 'measure')),
  display_fr text not null constraint concept_display_fr_length check (length(display_fr) between 1 and 300),
  display_en text not null constraint concept_display_en_length check (length(display_en) between 1 and 300),
  -- Whether it is of the version that is searched: told by the load, so that a search reads one index.
  current boolean not null,
  constraint concept_pkey primary key (system, version, kind, code),
  constraint concept_system_fk foreign key (system, version) references reference.code_system (system, version) on delete cascade
);

-- Each word of each display, folded as the application folds what is typed (server/patient/fold-name.ts).
create table reference.concept_word (
  system text not null,
  version text not null,
  code text not null,
  kind text not null,
  current boolean not null,
  word text collate "C" not null constraint concept_word_length check (length(word) between 1 and 60),
  -- 0: the first word of a display: an answer that begins so comes first.
  place smallint not null constraint concept_word_place check (place in (0, 1)),
  constraint concept_word_pkey primary key (system, version, kind, code, word),
  constraint concept_word_concept_fk foreign key (system, version, kind, code) references reference.concept (system, version, kind, code) on delete cascade
);
create index concept_word_search_idx on reference.concept_word (kind, word, place) where current;
grant select on reference.code_system, reference.concept, reference.concept_word to chevet_staff;

-- A clinic's own words: they say nothing of anybody.
create table clinic.own_concept (
  clinic_id uuid not null constraint own_concept_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  id uuid not null,
  code text not null constraint own_concept_code_length check (length(code) between 1 and 60),
  kind text not null constraint own_concept_kind check (kind in ('problem', 'substance', 'vaccine', 'measure')),
  display_fr text not null constraint own_concept_display_fr_length check (length(display_fr) between 1 and 300),
  display_en text not null constraint own_concept_display_en_length check (length(display_en) between 1 and 300),
  status text not null default 'active' constraint own_concept_status check (status in ('active', 'retired')),
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint own_concept_pkey primary key (clinic_id, id),
  constraint own_concept_code_key unique (clinic_id, kind, code)
);

create table clinic.own_concept_word (
  clinic_id uuid not null,
  concept_id uuid not null,
  kind text not null,
  word text collate "C" not null constraint own_concept_word_length check (length(word) between 1 and 60),
  place smallint not null constraint own_concept_word_place check (place in (0, 1)),
  constraint own_concept_word_pkey primary key (clinic_id, concept_id, word),
  constraint own_concept_word_concept_fk foreign key (clinic_id, concept_id) references clinic.own_concept (clinic_id, id) on delete cascade
);
create index own_concept_word_search_idx on clinic.own_concept_word (clinic_id, kind, word, place);

create trigger keep_version before update on clinic.own_concept for each row execute function clinic.keep_version();
do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
begin
  foreach name in array array['own_concept', 'own_concept_word'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
    execute format('create policy staff_clinic on clinic.%I to chevet_staff using (%s) with check (%s)', name, own, own);
  end loop;
end $$;
grant select, insert, update on clinic.own_concept to chevet_staff;
grant select, insert, delete on clinic.own_concept_word to chevet_staff;
