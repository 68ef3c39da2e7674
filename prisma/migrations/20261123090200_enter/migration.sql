-- The first message of every transaction. It sets who and where, locally, and becomes the role: a login that has not
-- called it can do nothing. SET LOCAL rather than set_config, which never reaches the workers of a distributed database.
create function reference.enter(
  as_role text,
  clinic uuid default null,
  person uuid default null,
  patient uuid default null,
  request uuid default null,
  glass uuid default null,
  session_hash bytea default null,
  token_hash bytea default null,
  secret uuid default null,
  email text default null,
  slug text default null
) returns void language plpgsql set search_path = '' as $$
declare
  member_role text;
  denied text;
begin
  if as_role not in ('staff', 'patient', 'visitor', 'auth', 'registrar', 'host', 'billing', 'relay', 'sealer', 'mover') then
    raise exception 'no such role' using errcode = 'insufficient_privilege';
  end if;
  if as_role in ('staff', 'patient', 'visitor', 'registrar', 'sealer', 'mover') and clinic is null then
    raise exception 'a clinic is needed' using errcode = 'insufficient_privilege';
  end if;
  if as_role in ('patient') and patient is null or as_role in ('registrar', 'host') and person is null then
    raise exception 'a person is needed' using errcode = 'insufficient_privilege';
  end if;
  -- Only the worker acts for a clinic without a person.
  if as_role = 'staff' and person is null and session_user <> 'chevet_worker' then
    raise exception 'a person is needed' using errcode = 'insufficient_privilege';
  end if;
  -- A key that is not given is taken away: what somebody left on the connection opens nothing.
  if clinic is not null or pg_catalog.current_setting('app.clinic_id', true) <> '' then execute pg_catalog.format('set local app.clinic_id = %L', coalesce(clinic::text, '')); end if;
  if person is not null or pg_catalog.current_setting('app.user_id', true) <> '' then execute pg_catalog.format('set local app.user_id = %L', coalesce(person::text, '')); end if;
  if patient is not null or pg_catalog.current_setting('app.patient_id', true) <> '' then execute pg_catalog.format('set local app.patient_id = %L', coalesce(patient::text, '')); end if;
  if request is not null or pg_catalog.current_setting('app.request_id', true) <> '' then execute pg_catalog.format('set local app.request_id = %L', coalesce(request::text, '')); end if;
  if session_hash is not null or pg_catalog.current_setting('app.session_hash', true) <> '' then execute pg_catalog.format('set local app.session_hash = %L', coalesce(pg_catalog.encode(session_hash, 'hex'), '')); end if;
  if token_hash is not null or pg_catalog.current_setting('app.token_hash', true) <> '' then execute pg_catalog.format('set local app.token_hash = %L', coalesce(pg_catalog.encode(token_hash, 'hex'), '')); end if;
  if secret is not null or pg_catalog.current_setting('app.secret_id', true) <> '' then execute pg_catalog.format('set local app.secret_id = %L', coalesce(secret::text, '')); end if;
  if email is not null or pg_catalog.current_setting('app.email', true) <> '' then execute pg_catalog.format('set local app.email = %L', coalesce(email, '')); end if;
  if slug is not null or pg_catalog.current_setting('app.slug', true) <> '' then execute pg_catalog.format('set local app.slug = %L', coalesce(slug, '')); end if;
  if pg_catalog.current_setting('app.denied', true) <> '' then execute 'set local app.denied = '''''; end if;
  if pg_catalog.current_setting('app.break_glass', true) <> '' then execute 'set local app.break_glass = '''''; end if;
  if as_role = 'mover' then execute 'set local statement_timeout = ''30min'''; end if;
  execute pg_catalog.format('set local role %I', 'chevet_' || as_role);

  if as_role = 'host' then
    perform from host.operator o where o.user_id = person and o.revoked_at is null;
    if not found then
      raise exception 'not an operator' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if as_role = 'staff' and person is not null then
    -- From here on as staff of this clinic: an active member, or nobody; and what patients asked this person not to see.
    select m.role into member_role from identity.membership m where m.clinic_id = clinic and m.user_id = person and m.status = 'active';
    if not found then
      raise exception 'not a member' using errcode = 'insufficient_privilege';
    end if;
    select pg_catalog.string_agg(r.patient_id::text || ':' || r.category || ';', '') into denied
      from clinic.restriction r
      where r.clinic_id = clinic and r.ended_at is null and (r.user_id = person or r.role = member_role)
        and not exists (
          select from clinic.break_glass b
          where b.clinic_id = clinic and b.id = glass and b.user_id = person and b.patient_id = r.patient_id and b.expires_at > pg_catalog.now()
        );
    if denied is not null then execute pg_catalog.format('set local app.denied = %L', denied); end if;
    if glass is not null then execute pg_catalog.format('set local app.break_glass = %L', glass); end if;
  end if;
end $$;
grant execute on function reference.enter to chevet_web, chevet_worker;

-- Variables are records: a row type would be resolved before the function has entered, by a login that may see nothing.
-- One call says who holds this session and what they are in this clinic: looked up on every request, cached nowhere.
-- Shape: null when the session is unknown, revoked or expired; else { session, user, clinic?, membership? }.
create function reference.read_session(session_hash bytea, wanted_realm text, clinic_slug text default null, active boolean default true)
  returns jsonb language plpgsql set search_path = '' as $$
declare
  s record;
  u record;
  r record;
  m record;
  p record;
  idle boolean;
  second_factor boolean;
  answer jsonb;
begin
  perform reference.enter('auth', session_hash => session_hash, slug => clinic_slug);
  select * into s from identity.session t where t.token_hash = session_hash and t.realm = wanted_realm;
  if not found or s.revoked_at is not null or s.expires_at <= pg_catalog.now() then return null; end if;
  execute pg_catalog.format('set local app.user_id = %L', s.user_id);
  select * into u from identity."user" t where t.id = s.user_id;
  if u.status <> 'active' then return null; end if;
  idle := s.locked_at is not null or s.last_seen_at < pg_catalog.now() - pg_catalog.make_interval(mins => s.idle_minutes);
  -- Idle is a state of the server: it is written down, and only proving who one is again clears it.
  if idle and s.locked_at is null then
    update identity.session t set locked_at = pg_catalog.now() where t.id = s.id and t.locked_at is null;
  elsif active and not idle and s.last_seen_at < pg_catalog.now() - interval '20 seconds' then
    update identity.session t set last_seen_at = pg_catalog.now() where t.id = s.id and t.locked_at is null;
  end if;
  second_factor := exists (select from identity.totp t where t.user_id = s.user_id and t.confirmed_at is not null);
  answer := pg_catalog.jsonb_build_object(
    'session', pg_catalog.jsonb_build_object('id', s.id, 'realm', s.realm, 'method', s.method, 'locked', idle, 'clinicId', s.clinic_id, 'idleMinutes', s.idle_minutes,
      'secondFactorAt', s.second_factor_at, 'confirmedAt', s.confirmed_at, 'createdAt', s.created_at, 'expiresAt', s.expires_at),
    'user', pg_catalog.jsonb_build_object('id', u.id, 'email', u.email, 'displayName', u.display_name, 'locale', u.locale, 'hasSecondFactor', second_factor));
  if clinic_slug is null then return answer; end if;

  select * into r from host.clinic_registration t where t.slug = clinic_slug;
  if not found then return answer; end if;
  if s.clinic_id is not null and s.clinic_id <> r.clinic_id then return answer; end if;
  execute pg_catalog.format('set local app.clinic_id = %L', r.clinic_id);
  select * into m from identity.membership t where t.clinic_id = r.clinic_id and t.user_id = s.user_id and t.status = 'active';
  if not found or s.created_at < m.sessions_valid_after then return answer; end if;
  select * into p from identity.clinic_policy t where t.clinic_id = r.clinic_id;
  -- A clinic that became stricter is obeyed from its first call on, by sessions that are open already.
  if p.idle_minutes < s.idle_minutes then
    update identity.session t set idle_minutes = p.idle_minutes where t.id = s.id;
  end if;
  return answer || pg_catalog.jsonb_build_object(
    'clinic', pg_catalog.jsonb_build_object('id', r.clinic_id, 'slug', r.slug, 'name', r.display_name, 'timeZone', r.time_zone, 'status', r.status,
      'requireSecondFactor', p.require_second_factor, 'idleMinutes', p.idle_minutes),
    'membership', pg_catalog.jsonb_build_object('id', m.id, 'role', m.role, 'privacyOfficer', m.privacy_officer, 'displayName', m.display_name, 'locationIds', m.location_ids));
end $$;
grant execute on function reference.read_session to chevet_web;

-- The clinics a person may open, for the switch between them. Shape: [{ id, slug, name, role, status }].
create function reference.list_clinics(session_hash bytea) returns jsonb language plpgsql set search_path = '' as $$
declare
  s record;
  m record;
  r record;
  answer jsonb := '[]';
begin
  perform reference.enter('auth', session_hash => session_hash);
  select * into s from identity.session t where t.token_hash = session_hash;
  if not found or s.revoked_at is not null or s.expires_at <= pg_catalog.now() then return answer; end if;
  execute pg_catalog.format('set local app.user_id = %L', s.user_id);
  for m in select * from identity.membership t where t.user_id = s.user_id and t.status = 'active' order by t.created_at limit 200 loop
    if s.clinic_id is not null and s.clinic_id <> m.clinic_id or s.created_at < m.sessions_valid_after then continue; end if;
    execute pg_catalog.format('set local app.clinic_id = %L', m.clinic_id);
    select * into r from host.clinic_registration t where t.clinic_id = m.clinic_id;
    answer := answer || pg_catalog.jsonb_build_object('id', r.clinic_id, 'slug', r.slug, 'name', r.display_name, 'role', m.role, 'status', r.status);
  end loop;
  return answer;
end $$;
grant execute on function reference.list_clinics to chevet_web;
