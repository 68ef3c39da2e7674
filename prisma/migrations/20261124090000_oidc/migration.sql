-- A clinic's OpenID Connect door. Sessions that it opened end with it: shut, moved to another provider, or cut from the person.

-- Set when the door is shut or leads elsewhere: what it opened before is over, even if it opens again a minute later.
alter table identity.oidc_provider add column sessions_valid_after timestamptz not null default '-infinity';
-- As the provider's own address is held, so is the copy of it in a link.
alter table identity.federated_identity add constraint federated_identity_issuer check (issuer ~ '^https?://' and length(issuer) <= 500);

create or replace function reference.read_session(session_hash bytea, wanted_realm text, clinic_slug text default null, active boolean default true)
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
  -- A clinic's own door opened it: it lives as long as the door, the link and the place in the clinic do.
  if s.clinic_id is not null then
    execute pg_catalog.format('set local app.clinic_id = %L', s.clinic_id);
    if not exists (
      select from identity.oidc_provider door
      join identity.federated_identity link on link.clinic_id = door.clinic_id and link.issuer = door.issuer and link.user_id = s.user_id
      join identity.membership place on place.clinic_id = door.clinic_id and place.user_id = link.user_id
      where door.clinic_id = s.clinic_id and door.enabled and place.status = 'active'
        and s.created_at >= greatest(door.sessions_valid_after, link.linked_at, place.sessions_valid_after)
    ) then
      -- Written down: neither the door opened again nor the place given back wakes it.
      update identity.session t set revoked_at = pg_catalog.now() where t.id = s.id;
      return null;
    end if;
  end if;
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
