-- A booking removes the expired holds it meets (promise 5), in its own transaction: whoever wants the time must not wait for a
-- sweep, and nobody has to remember to ask. It runs as the role that writes, which sees and deletes its own clinic's rows
-- only; a role that may insert here must therefore hold delete as well. Plain comparisons on the derived columns rather than `&&`: that
-- operator is not leakproof, so no index of it serves under row security.
create function clinic.remove_expired_holds() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.blocking then
    delete from clinic.occupancy o
    where o.clinic_id = new.clinic_id and o.resource_id = new.resource_id and o.id <> new.id
      and o.kind = 'hold' and o.hold_expires_at <= pg_catalog.now()
      and o.starts_at < pg_catalog.upper(new.during) and o.ends_at > pg_catalog.lower(new.during);
  end if;
  return new;
end $$;
revoke execute on function clinic.remove_expired_holds() from public;

create trigger remove_expired_holds before insert or update of resource_id, during, blocking on clinic.occupancy
  for each row execute function clinic.remove_expired_holds();
