-- The mail of a secure link may be refused, or come back days later: which mail it is stands beside the link, and what became of it is read in the ledger.
alter table clinic.transmission add column mail_id uuid;
-- What is to be looked at is of the last weeks.
create index transmission_created_idx on clinic.transmission (clinic_id, created_at desc, id desc);
