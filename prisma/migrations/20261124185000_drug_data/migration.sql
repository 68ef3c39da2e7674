-- Health Canada's Drug Product Database, a release at a time: loaded beside the one in use and switched to in one row. Public data that
-- says nothing of anybody: the host loads it, and the roles that serve only read it.
create table reference.drug_release (
  release int generated always as identity,
  -- What the host calls it, for whoever prescribed from it: the date of the extract.
  version text not null constraint drug_release_version_form check (version ~ '^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$'),
  state text not null default 'loading' constraint drug_release_state check (state in ('loading', 'ready')),
  current boolean not null default false,
  products int not null default 0,
  -- How far the making of products has come: the last drug that is made.
  made_extract text not null default '',
  made_code int not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint drug_release_pkey primary key (release),
  constraint drug_release_version_key unique (version),
  constraint drug_release_current check (not current or state = 'ready')
);
create unique index drug_release_current_key on reference.drug_release (current) where current;

-- One file of one set of a release, and how far its reading has come: whoever kills an import loses one batch.
create table reference.drug_part (
  release int not null,
  extract text not null constraint drug_part_extract check (extract in ('marketed', 'approved', 'dormant', 'cancelled')),
  file text not null constraint drug_part_file_form check (file ~ '^[a-z]+$'),
  -- SHA-256 of the file that it came in: an import that goes on must go on with the same.
  source_hash text not null,
  lines int not null default 0,
  finished boolean not null default false,
  constraint drug_part_pkey primary key (release, extract, file),
  constraint drug_part_release_fk foreign key (release) references reference.drug_release (release) on delete cascade
);

-- Every line of every file, its columns in Health Canada's order.
create table reference.drug_line (
  release int not null,
  extract text not null,
  file text not null,
  line int not null,
  drug_code int not null,
  fields text[] not null,
  constraint drug_line_pkey primary key (release, extract, file, line),
  constraint drug_line_part_fk foreign key (release, extract, file) references reference.drug_part (release, extract, file) on delete cascade
);
create index drug_line_drug_idx on reference.drug_line (release, extract, drug_code, file);

-- A product as it is chosen. Kept for as long as something may have been prescribed from its release.
create table reference.drug_product (
  release int not null,
  extract text not null,
  drug_code int not null,
  din text collate "C" not null,
  brand_fr text not null,
  brand_en text not null,
  ingredients_fr text not null,
  ingredients_en text not null,
  -- Health Canada's codes of active ingredients, « 550;1204 », in order.
  ingredient_codes text not null,
  strength_fr text not null,
  strength_en text not null,
  form_fr text not null,
  form_en text not null,
  route_fr text not null,
  route_en text not null,
  schedule_fr text not null,
  schedule_en text not null,
  atc text not null,
  company text not null,
  human boolean not null,
  constraint drug_product_pkey primary key (release, extract, drug_code),
  constraint drug_product_release_fk foreign key (release) references reference.drug_release (release) on delete restrict
);
create index drug_product_din_idx on reference.drug_product (release, din);

-- The words by which a product for people is found, folded as the application folds what is typed, and its DIN among them.
create table reference.drug_word (
  release int not null,
  -- 0: on the market and its name begins so; 1: on the market; 2: not on the market.
  place smallint not null constraint drug_word_place check (place in (0, 1, 2)),
  word text collate "C" not null constraint drug_word_length check (length(word) between 1 and 60),
  extract text not null,
  drug_code int not null,
  constraint drug_word_pkey primary key (release, place, word, extract, drug_code),
  constraint drug_word_product_fk foreign key (release, extract, drug_code) references reference.drug_product (release, extract, drug_code) on delete cascade
);
create index drug_word_drug_idx on reference.drug_word (release, extract, drug_code, word);
grant select on reference.drug_release, reference.drug_product, reference.drug_word to chevet_staff;
