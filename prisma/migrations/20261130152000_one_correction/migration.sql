-- A version of a note has one correction that stands or is written, among those that whoever corrects may see: what is hidden from them keeps nobody from
-- correcting their own. Who looks is who corrects, so the triggers look under their own policies; the version's own lock lets two of them look in turn.

drop index clinic.note_corrects_key;
create index note_corrects_idx on clinic.note (clinic_id, corrects_id) where corrects_id is not null;

create function clinic.one_correction() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or new.corrects_id is null then return new; end if;
  -- Begun, and signed: begun beside one that is written, signed beside one that is signed.
  if tg_op = 'UPDATE' and (new.signed_at is null or old.signed_at is not null) then return new; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('correction:' || new.corrects_id::text, 0));
  if exists (select from clinic.note k where k.clinic_id = new.clinic_id and k.corrects_id = new.corrects_id and k.id <> new.id
      and (k.status in ('final', 'amended') or tg_op = 'INSERT' and k.status = 'preliminary')) then
    raise exception 'a version has one correction' using errcode = 'unique_violation', constraint = 'note_one_correction';
  end if;
  return new;
end $$;
create trigger one_correction before insert or update on clinic.note for each row execute function clinic.one_correction();

-- An addendum is corrected as a note is, and takes its corrections along when it is declared an error. One that is being signed is waited for.
create or replace function clinic.follow_error(clinic uuid, note uuid) returns setof uuid language plpgsql set search_path = '' as $$
declare
  denied constant text := coalesce(pg_catalog.current_setting('app.denied', true), '');
  glass constant text := coalesce(pg_catalog.current_setting('app.glass_patient', true), '');
  said clinic.note;
begin
  select n.* into said from clinic.note n
  where n.clinic_id = follow_error.clinic and n.id = follow_error.note and n.relation is distinct from 'correction' and n.status = 'entered-in-error';
  if not found then return; end if;
  -- For these statements, what is closed to whoever says it is as open as a broken glass makes it.
  execute pg_catalog.format('set local app.denied = %L', '');
  execute pg_catalog.format('set local app.glass_patient = %L', said.patient_id);
  perform from clinic.note k where k.clinic_id = said.clinic_id and k.amends_id = said.id and k.relation = 'correction' order by k.id for update;
  return query update clinic.note k
    set status = 'entered-in-error', error_reason = said.error_reason, error_by = said.error_by, error_at = said.error_at, version = k.version + 1
    where k.clinic_id = said.clinic_id and k.amends_id = said.id and k.relation = 'correction' and k.status in ('final', 'amended')
    returning k.id;
  execute pg_catalog.format('set local app.denied = %L', denied);
  execute pg_catalog.format('set local app.glass_patient = %L', glass);
end $$;
