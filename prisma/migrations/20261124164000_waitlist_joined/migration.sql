-- Whoever joined the waiting list on the page is told so by mail, and leaves by its link as well as by the tab where they joined. The link is made as
-- the mail leaves, so that its hash is never the joining token's; one link, one place on the list.
alter table clinic.waitlist_entry
  add column mailed_hash bytea constraint waitlist_entry_mailed_hash_length check (octet_length(mailed_hash) = 32),
  add constraint waitlist_entry_mailed_key unique (clinic_id, mailed_hash);
grant select (mailed_hash) on clinic.waitlist_entry to chevet_visitor;

-- As for the token that one joined with: the worker alone writes the hash, and what it opens is the way off the list.
alter policy visitor_own on clinic.waitlist_entry
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid
    and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')
      or mailed_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')));
alter policy visitor_leave on clinic.waitlist_entry
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'waiting'
    and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')
      or mailed_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')))
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and status = 'removed'
    and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')
      or mailed_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')));
