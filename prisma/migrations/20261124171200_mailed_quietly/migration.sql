-- The hash that a mail leaves on an entry is nobody's edit: whoever has the entry open is not told that it changed. Anything beside it is one.
drop trigger keep_version on clinic.waitlist_entry;
create trigger keep_version before update on clinic.waitlist_entry for each row
  when (to_jsonb(old) - 'mailed_hash' is distinct from to_jsonb(new) - 'mailed_hash') execute function clinic.keep_version();
