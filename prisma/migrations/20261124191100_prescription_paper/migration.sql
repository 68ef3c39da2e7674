-- The paper of a prescription is as signed as that of a letter: it leaves neither its chart nor its words. It is read, signed off, or withdrawn with
-- its prescription.
create or replace function clinic.lock_letter_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or old.source_system not in ('letter', 'chevet-prescription') then return new; end if;
  if (new.patient_id, new.category, new.file_id, new.document_type, new.title, new.dated_on, new.source_author, new.source_system, new.source_id)
    is distinct from (old.patient_id, old.category, old.file_id, old.document_type, old.title, old.dated_on, old.source_author, old.source_system, old.source_id)
    or new.status = 'received' then
    raise exception 'what was signed here is locked' using errcode = 'check_violation', constraint = 'letter_lock';
  end if;
  return new;
end $$;
