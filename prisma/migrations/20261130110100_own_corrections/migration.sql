-- What somebody signed is corrected by who wrote it, who signed it or who answers for it, and by nobody else: whoever else gives care adds to it.
-- Asked at the signature, which is what counts: a draft goes from hand to hand.
create function clinic.lock_correction() returns trigger language plpgsql set search_path = '' as $$
declare
  me uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  own boolean;
begin
  if current_user = 'chevet_mover' or new.corrects_id is null then return new; end if;
  if new.signed_at is null or old.signed_at is not null then return new; end if;
  if tg_table_name = 'note' then
    select coalesce(pg_catalog.bool_or(me in (n.author_id, n.signed_by, n.cosigner_id)), false) into own
    from clinic.note n where n.clinic_id = new.clinic_id and n.id in (new.corrects_id, new.amends_id);
  else
    select coalesce(pg_catalog.bool_or(me in (l.author_id, l.signed_by)), false) into own
    from clinic.letter l where l.clinic_id = new.clinic_id and l.id = new.corrects_id;
  end if;
  if not own then
    raise exception 'nobody corrects what another signed' using errcode = 'check_violation', constraint = 'correction_own';
  end if;
  return new;
end $$;
create trigger lock_correction before update on clinic.note for each row execute function clinic.lock_correction();
create trigger lock_correction before update on clinic.letter for each row execute function clinic.lock_correction();
