-- A clinic's schedule has one queue. Whoever raises the stamp takes a number first: on the stamp's row alone all who wait wake at
-- each commit, and some wait until their statement times out. One trigger for every door: staff's gestures, a visitor's hold, an offer.
create function clinic.take_turn() returns trigger language plpgsql set search_path = '' as $$
declare
  clinic text := pg_catalog.current_setting('app.clinic_id', true);
begin
  -- Without a clinic nothing can be written anyway: row security says so.
  if clinic <> '' then perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(clinic, 0)); end if;
  return null;
end $$;
revoke execute on function clinic.take_turn() from public;
create trigger take_turn before insert or update on clinic.schedule_stamp for each statement execute function clinic.take_turn();

-- The holds of a clinic are few and were looked for among all that a resource ever took, at each booking.
create index occupancy_hold_idx on clinic.occupancy (clinic_id, resource_id, hold_expires_at) where kind = 'hold';
