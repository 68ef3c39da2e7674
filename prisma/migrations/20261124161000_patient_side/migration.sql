-- The patient's side: quiet hours that move what is planned, a wait that one leaves by oneself, and requests that nobody matched are erased.

-- Whoever changes when the clinic is silent, or its zone, asks for every reminder to come to be planned anew: in the change's own transaction, as for a visit.
create function clinic.plan_clinic() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into queue.outbox (id, clinic_id, job, payload)
    values (pg_catalog.gen_random_uuid(), new.clinic_id, 'plan-clinic', pg_catalog.jsonb_build_object('clinicId', new.clinic_id));
  return null;
end $$;
-- The first row matters only where it differs from what held without one.
create trigger plan_messages_first after insert on clinic.booking_policy
  for each row when (new.quiet_from_minute <> 1260 or new.quiet_until_minute <> 480) execute function clinic.plan_clinic();
create trigger plan_messages after update on clinic.booking_policy
  for each row when ((old.quiet_from_minute, old.quiet_until_minute) is distinct from (new.quiet_from_minute, new.quiet_until_minute)) execute function clinic.plan_clinic();
create trigger plan_messages after update on clinic.clinic
  for each row when (old.time_zone is distinct from new.time_zone) execute function clinic.plan_clinic();

-- The browser that joined leaves by the same token; whoever has a visit's link, by that link.
alter table clinic.waitlist_entry add column leave_hash bytea constraint waitlist_entry_leave_hash_length check (octet_length(leave_hash) = 32);
grant select (clinic_id, id, appointment_id, leave_hash, status, version), insert (leave_hash), update (status, version) on clinic.waitlist_entry to chevet_visitor;
create policy visitor_own on clinic.waitlist_entry for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid
    and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')));
create policy visitor_leave on clinic.waitlist_entry for update to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'waiting'
    and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')))
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'removed'
    and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')));
create index waitlist_entry_leave_idx on clinic.waitlist_entry (clinic_id, leave_hash) where leave_hash is not null;
drop policy visitor_clinic on clinic.record_version;
create policy visitor_clinic on clinic.record_version for insert to chevet_visitor
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and entity in ('sitting', 'appointment', 'waitlist_entry')
    and replaced_by is not distinct from nullif(current_setting('app.user_id', true), '')::uuid);

-- What was typed by somebody whom nobody matched goes once it serves nothing: the row stays, since a visit hangs on it, and says nothing.
alter table clinic.booking_policy add column request_days int not null default 90 constraint booking_policy_request_days check (request_days between 7 and 730);
alter table clinic.request_person drop constraint request_person_status;
alter table clinic.request_person add constraint request_person_status check (status in ('open', 'matched', 'dismissed', 'erased'));
alter table clinic.request_person drop constraint request_person_reached;
alter table clinic.request_person add constraint request_person_reached check (status = 'erased' or email <> '' or phone <> '');
alter table clinic.request_person add constraint request_person_erased check (status <> 'erased'
  or (patient_id is null and family_name = '–' and given_name = '–' and birth_date is null and email = '' and phone = '' and booker_name = '' and nam_sealed is null));
-- Whether hours that keep new patients away touch this time: what is free says nothing of it while the time is held.
create function clinic.closed_to_new(clinic uuid, service uuid, resource uuid, location uuid, starts_at timestamptz, minutes int) returns boolean
language sql stable set search_path = pg_catalog as $$
  select exists (
    select from clinic.location l
    cross join lateral (select (closed_to_new.starts_at at time zone l.time_zone)::date as day,
      extract(hour from closed_to_new.starts_at at time zone l.time_zone)::int * 60 + extract(minute from closed_to_new.starts_at at time zone l.time_zone)::int as minute) w
    join clinic.schedule_rule r on r.clinic_id = l.clinic_id and r.location_id = l.id and r.resource_id = closed_to_new.resource and r.status = 'active'
      and r.kind = 'closed' and r.new_patients and (r.service_id is null or r.service_id = closed_to_new.service)
      and r.weekday = extract(isodow from w.day)::int and r.valid_from <= w.day and (r.valid_until is null or r.valid_until >= w.day)
      and (r.every_weeks = 1 or ((date_trunc('week', w.day)::date - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0)
    where l.clinic_id = closed_to_new.clinic and l.id = closed_to_new.location and r.from_minute < w.minute + closed_to_new.minutes and r.until_minute > w.minute)
$$;
grant execute on function clinic.closed_to_new to chevet_staff;
