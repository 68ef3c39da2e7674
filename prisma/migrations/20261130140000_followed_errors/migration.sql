-- A note that was declared an error takes its corrections along, those too that are for others than whoever says so: one that stayed would stand for ever,
-- since its own readers may no longer correct it. Said with the note's own words, and only of a note that is an error already; what is told is ids alone.
create function clinic.follow_error(clinic uuid, note uuid) returns setof uuid language plpgsql set search_path = '' as $$
declare
  denied constant text := coalesce(pg_catalog.current_setting('app.denied', true), '');
  glass constant text := coalesce(pg_catalog.current_setting('app.glass_patient', true), '');
  said clinic.note;
begin
  select n.* into said from clinic.note n
  where n.clinic_id = follow_error.clinic and n.id = follow_error.note and n.amends_id is null and n.status = 'entered-in-error';
  if not found then return; end if;
  -- For this one statement, what is closed to whoever says it is as open as a broken glass makes it.
  execute pg_catalog.format('set local app.denied = %L', '');
  execute pg_catalog.format('set local app.glass_patient = %L', said.patient_id);
  return query update clinic.note k
    set status = 'entered-in-error', error_reason = said.error_reason, error_by = said.error_by, error_at = said.error_at, version = k.version + 1
    where k.clinic_id = said.clinic_id and k.amends_id = said.id and k.relation = 'correction' and k.status in ('final', 'amended')
    returning k.id;
  execute pg_catalog.format('set local app.denied = %L', denied);
  execute pg_catalog.format('set local app.glass_patient = %L', glass);
end $$;
grant execute on function clinic.follow_error to chevet_staff;
