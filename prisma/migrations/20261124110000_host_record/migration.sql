-- Where the source code of what runs here can be had: what the licence has every host offer (AGPL-3.0, section 13).
alter table host.setting add column source_url text not null default ''
  constraint setting_source_url check (source_url = '' or (source_url ~ '^https://[^\s]+$' and length(source_url) <= 500));
alter table host.setting add constraint setting_trial_days check (trial_days between 0 and 365);

-- The settings are one row, there from the start: operators change it and nobody makes a second. Row security is forced on the
-- owner, too; it is lifted for this one insert.
alter table host.setting no force row level security;
insert into host.setting (id, display_name) values (1, 'Chevet') on conflict do nothing;
alter table host.setting force row level security;

-- What operators did with the console. Insert-only, in one's own name; ids, versions and closed words.
create table host.audit_event (
  id uuid primary key,
  recorded_at timestamptz not null default clock_timestamp(),
  event text not null constraint audit_event_event_length check (length(event) between 1 and 100),
  operator_id uuid not null,
  clinic_id uuid,
  request_id uuid,
  address inet,
  detail jsonb not null default '{}' constraint audit_event_detail_size check (pg_column_size(detail) <= 8192)
);
alter table host.audit_event enable row level security; alter table host.audit_event force row level security;
grant select, insert on host.audit_event to chevet_host;
create policy host_operator on host.audit_event for select to chevet_host using (nullif(current_setting('app.user_id', true), '')::uuid is not null);
create policy host_own on host.audit_event for insert to chevet_host with check (operator_id = nullif(current_setting('app.user_id', true), '')::uuid);
