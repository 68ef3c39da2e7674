-- Whoever waits for a note that another writes reads again when its text was saved, its edit was given up or taken, or it was signed. A sign of
-- life alone says nothing, and nothing of what changed is told.
create function clinic.tell_note() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.pg_notify('chevet_note', new.clinic_id::text);
  return null;
end $$;
create trigger tell_note after update on clinic.note_draft for each row
  when (old.revision <> new.revision or old.holder_id is distinct from new.holder_id or old.closed_at is distinct from new.closed_at
    or new.held_until < old.held_until)
  execute function clinic.tell_note();
