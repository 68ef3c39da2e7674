-- The strictest rules of the clinics that this person may open: what a new session obeys. Enters by itself.
-- Shape: { idleMinutes, requireSecondFactor }; without a clinic, the defaults of identity.clinic_policy.
create function reference.session_rules(person uuid) returns jsonb language plpgsql set search_path = '' as $$
declare
  m record;
  p record;
  idle int := null;
  second_factor boolean := false;
begin
  perform reference.enter('auth', person => person);
  for m in select t.clinic_id from identity.membership t where t.user_id = person and t.status = 'active' limit 200 loop
    execute pg_catalog.format('set local app.clinic_id = %L', m.clinic_id);
    select t.idle_minutes, t.require_second_factor into p from identity.clinic_policy t where t.clinic_id = m.clinic_id;
    if not found then continue; end if;
    idle := least(idle, p.idle_minutes);
    second_factor := second_factor or p.require_second_factor;
  end loop;
  return pg_catalog.jsonb_build_object('idleMinutes', coalesce(idle, 15), 'requireSecondFactor', second_factor);
end $$;
grant execute on function reference.session_rules to chevet_web;

-- The worker sweeps codes, links and ceremonies that are long over, as it seals the platform's own journal.
grant select (expires_at), delete on identity.one_time_secret to chevet_sealer;
create policy sealer_over on identity.one_time_secret to chevet_sealer
  using (nullif(current_setting('app.clinic_id', true), '')::uuid = '00000000-0000-0000-0000-000000000000'
    and expires_at < now() - interval '7 days');
