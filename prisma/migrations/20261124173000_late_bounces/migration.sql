-- A mail that was taken and comes back minutes later, as a mail to its own return address. What the address stands for is kept beside the
-- queue, where whoever reads what came back may see it: which send, of which clinic, to which standing. No address, no text.
create table queue.return_path (
  -- The visit's message or the delivery itself.
  id uuid not null,
  clinic_id uuid,
  -- Whom it was sent to, where that is known of a clinic: the row of clinic.contact_standing.
  standing_id uuid,
  bounced_at timestamptz,
  code text constraint return_path_code check (code ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  created_at timestamptz not null default now(),
  constraint return_path_pkey primary key (id),
  constraint return_path_bounced check ((bounced_at is null) = (code is null))
);
create index return_path_created_idx on queue.return_path (created_at);

alter table queue.return_path enable row level security;
alter table queue.return_path force row level security;
create policy return_path_staff on queue.return_path to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid)
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);
create policy return_path_relay on queue.return_path to chevet_relay using (true) with check (true);
grant select (id, clinic_id, standing_id, code), insert (id, clinic_id, standing_id), update (standing_id) on queue.return_path to chevet_staff;
grant select (id, clinic_id, standing_id, bounced_at, created_at), insert (id, clinic_id, standing_id), update (standing_id, bounced_at, code), delete on queue.return_path to chevet_relay;
-- A delivery's mail to a person carries that address's way out: by it the relay knows which standing it is sent to.
grant select (token_hash) on queue.contact_link to chevet_relay;

alter table queue.delivery drop constraint delivery_state_check;
alter table queue.delivery add constraint delivery_state_check check (state in ('pending', 'sending', 'sent', 'failed', 'bounced', 'unknown', 'cancelled'));
alter table clinic.visit_message drop constraint visit_message_status;
alter table clinic.visit_message add constraint visit_message_status check (status in ('planned', 'sending', 'sent', 'delivered', 'failed', 'bounced', 'unknown', 'skipped', 'cancelled'));
drop index clinic.visit_message_unsettled_idx;
create index visit_message_unsettled_idx on clinic.visit_message (clinic_id, status, due_at, id) where status in ('planned', 'sending', 'failed', 'bounced', 'unknown', 'skipped');
