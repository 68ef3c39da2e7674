-- A practitioner's agenda, read by a calendar program at a secret address. Only the hash of the address's secret is kept; whoever asked
-- for it is who it reads as, so that it stops with their place in the clinic and shows nothing that they may not see.
create table clinic.calendar_feed (
  clinic_id uuid not null,
  id uuid not null,
  practitioner_id uuid not null,
  user_id uuid not null,
  token_hash bytea not null constraint calendar_feed_token_length check (octet_length(token_hash) = 32),
  -- « busy » says when, and nothing else. The others leave for whoever keeps that calendar.
  level text not null default 'busy' constraint calendar_feed_level check (level in ('busy', 'initials', 'full')),
  locale text not null default 'fr' constraint calendar_feed_locale check (locale in ('fr', 'en')),
  -- What its owner calls it: « mon téléphone ».
  label text not null default '' constraint calendar_feed_label_length check (length(label) <= 100),
  last_read_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint calendar_feed_pkey primary key (clinic_id, id),
  constraint calendar_feed_token_key unique (clinic_id, token_hash),
  constraint calendar_feed_practitioner_fk foreign key (clinic_id, practitioner_id) references clinic.practitioner (clinic_id, id) on delete restrict
);
create index calendar_feed_practitioner_idx on clinic.calendar_feed (clinic_id, practitioner_id, id);
alter table clinic.calendar_feed enable row level security;
alter table clinic.calendar_feed force row level security;
grant select, insert, update, delete on clinic.calendar_feed to chevet_mover;
create policy mover_clinic on clinic.calendar_feed to chevet_mover
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
grant select, insert, update (revoked_at) on clinic.calendar_feed to chevet_staff;
create policy staff_clinic on clinic.calendar_feed to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
-- The program that comes with the secret: which address it is, and that it was read.
grant select (clinic_id, id, practitioner_id, user_id, token_hash, level, locale, last_read_at, revoked_at), update (last_read_at) on clinic.calendar_feed to chevet_visitor;
create policy visitor_own on clinic.calendar_feed for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));
create policy visitor_read on clinic.calendar_feed for update to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));
