-- Growth references (LMS method): loaded by whoever runs the host, from the tables of an organisation whose licence they accept. None is
-- shipped. One set serves every clinic of the host; earlier ones stay, to come back to. They say nothing of anybody.
create table reference.growth_set (
  growth_set int generated always as identity,
  name text not null constraint growth_set_name_form check (name ~ '^[a-z0-9][a-z0-9.-]{0,59}$'),
  version text not null constraint growth_set_version_form check (version ~ '^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$'),
  title_fr text not null constraint growth_set_title_fr_length check (length(title_fr) between 1 and 200),
  title_en text not null constraint growth_set_title_en_length check (length(title_en) between 1 and 200),
  -- What its licence asks to be shown.
  notice text not null default '' constraint growth_set_notice_length check (length(notice) <= 2000),
  -- Made up, for tests and the demo: every screen that shows it says so.
  invented boolean not null default false,
  current boolean not null,
  loaded_at timestamptz not null default now(),
  constraint growth_set_pkey primary key (growth_set),
  constraint growth_set_version_key unique (name, version)
);
create unique index growth_set_current_key on reference.growth_set (current) where current;

create table reference.growth_row (
  growth_set int not null,
  indicator text not null constraint growth_row_indicator check (indicator in
    ('weight-for-age', 'height-for-age', 'bmi-for-age', 'head-circumference-for-age', 'weight-for-length')),
  sex text not null constraint growth_row_sex check (sex in ('female', 'male')),
  -- A stretch within which one row leads to the next: between lying and standing, none does.
  segment smallint not null constraint growth_row_segment check (segment >= 0),
  -- Days since birth; of weight-for-length, centimetres.
  x double precision not null constraint growth_row_x check (x >= 0 and x < 10000),
  l double precision not null constraint growth_row_l check (abs(l) <= 20),
  m double precision not null constraint growth_row_m check (m > 0 and m < 1000),
  s double precision not null constraint growth_row_s check (s > 0 and s < 1),
  -- Enough of them for a curve; a score is read between its two nearest rows, drawn or not.
  drawn boolean not null,
  constraint growth_row_pkey primary key (growth_set, sex, indicator, x, segment),
  constraint growth_row_set_fk foreign key (growth_set) references reference.growth_set (growth_set) on delete cascade
);
create index growth_row_drawn_idx on reference.growth_row (growth_set, sex, indicator, segment, x) where drawn;
grant select on reference.growth_set, reference.growth_row to chevet_staff;
