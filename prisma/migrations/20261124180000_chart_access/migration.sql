-- The chart is for whoever gives care. What somebody practises here stands beside their membership, kept by their practitioner's
-- card: one row tells reference.enter who they are, and the database, not the page, holds the chart from the front desk.

alter table identity.membership add column profession text not null default '' constraint membership_profession_length check (length(profession) <= 60);
update identity.membership m set profession = p.profession from clinic.practitioner p
  where p.clinic_id = m.clinic_id and p.membership_id = m.id and p.status = 'active';

create function clinic.tell_membership() returns trigger language plpgsql set search_path = '' as $$
begin
  -- The mover touches no identity: whoever moves a clinic writes its memberships whole.
  if current_user = 'chevet_mover' then return null; end if;
  if tg_op = 'UPDATE' and old.membership_id is not null and old.membership_id is distinct from new.membership_id then
    update identity.membership m set profession = '' where m.clinic_id = old.clinic_id and m.id = old.membership_id;
  end if;
  if new.membership_id is not null then
    update identity.membership m set profession = case new.status when 'active' then new.profession else '' end
      where m.clinic_id = new.clinic_id and m.id = new.membership_id;
  end if;
  return null;
end $$;
create trigger tell_membership after insert or update of membership_id, profession, status on clinic.practitioner
  for each row execute function clinic.tell_membership();

-- Earlier versions of what was written of care are read by whoever may read it today: what is private to some stays theirs.
alter table clinic.record_version add column author_id uuid;
alter table clinic.record_version add column audience text not null default '' constraint record_version_audience_length check (length(audience) <= 2000);
create or replace function clinic.keep_version() returns trigger language plpgsql set search_path = '' as $$
declare
  old_row jsonb := pg_catalog.to_jsonb(old);
begin
  if new.version <> old.version + 1 then
    raise exception 'stale version of %', tg_table_name using errcode = 'serialization_failure';
  end if;
  new.last_updated := pg_catalog.now();
  new.change_number := pg_catalog.nextval('clinic.change_number');
  new.change_txid := pg_catalog.pg_current_xact_id();
  insert into clinic.record_version (clinic_id, entity, entity_id, version, patient_id, author_id, category, audience, content, replaced_by)
  values (old.clinic_id, tg_table_name, coalesce((old_row ->> 'id')::uuid, old.clinic_id), old.version,
    (old_row ->> 'patient_id')::uuid, (old_row ->> 'author_id')::uuid, coalesce(old_row ->> 'category', 'administrative'),
    coalesce(old_row ->> 'audience', ''), old_row, nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid);
  return new;
end $$;
grant insert (author_id, audience) on clinic.record_version to chevet_visitor;
drop policy staff_clinic on clinic.record_version;
do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  -- What the front desk may read; every other category is of care.
  clinical constant text := $c$ and (category = any (array['identity', 'appointment', 'administrative', 'task', 'message']) or current_setting('app.clinical', true) = 'on')$c$;
  addressed constant text := $c$ and (audience = '' or author_id = nullif(current_setting('app.user_id', true), '')::uuid
    or position('user:' || nullif(current_setting('app.user_id', true), '') || ';' in audience) > 0
    or position('profession:' || nullif(current_setting('app.profession', true), '') || ';' in audience) > 0
    or patient_id = nullif(current_setting('app.glass_patient', true), '')::uuid)$c$;
begin
  execute format('create policy staff_read on clinic.record_version for select to chevet_staff using (%s)', own || unrestricted || clinical || addressed);
  execute format('create policy staff_keep on clinic.record_version for insert to chevet_staff with check (%s)', own || unrestricted);
end $$;

create or replace function reference.enter(
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
  member record;
  denied text;
  opened uuid;
  offer record;
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
  if pg_catalog.current_setting('app.locations', true) <> '' then execute 'set local app.locations = '''''; end if;
  if pg_catalog.current_setting('app.break_glass', true) <> '' then execute 'set local app.break_glass = '''''; end if;
  if pg_catalog.current_setting('app.glass_patient', true) <> '' then execute 'set local app.glass_patient = '''''; end if;
  if pg_catalog.current_setting('app.clinical', true) <> '' then execute 'set local app.clinical = '''''; end if;
  if pg_catalog.current_setting('app.profession', true) <> '' then execute 'set local app.profession = '''''; end if;
  if pg_catalog.current_setting('app.appointment_id', true) <> '' then execute 'set local app.appointment_id = '''''; end if;
  if pg_catalog.current_setting('app.sitting_id', true) <> '' then execute 'set local app.sitting_id = '''''; end if;
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
    select m.role, m.profession, m.location_ids into member from identity.membership m where m.clinic_id = clinic and m.user_id = person and m.status = 'active';
    if not found then
      raise exception 'not a member' using errcode = 'insufficient_privilege';
    end if;
    if member.location_ids is not null then execute pg_catalog.format('set local app.locations = %L', pg_catalog.array_to_string(member.location_ids, ';')); end if;
    -- Who gives care here reads what is written of care: professionals, trainees, and whoever else has a practitioner's card.
    if member.role in ('professional', 'trainee') or member.profession <> '' then execute 'set local app.clinical = ''on'''; end if;
    if member.profession <> '' then execute pg_catalog.format('set local app.profession = %L', member.profession); end if;
    if glass is not null then
      -- Only a live glass of this person opens anything, and only of the patient for whom it was broken.
      execute pg_catalog.format('set local app.break_glass = %L', glass);
      select b.patient_id into opened from clinic.break_glass b
        where b.clinic_id = clinic and b.id = glass and b.user_id = person and b.expires_at > pg_catalog.now();
      if opened is not null then execute pg_catalog.format('set local app.glass_patient = %L', opened); end if;
    end if;
    select pg_catalog.string_agg(r.patient_id::text || ':' || r.category || ';', '') into denied
      from clinic.restriction r
      where r.clinic_id = clinic and r.ended_at is null and (r.user_id = person or r.role = member.role)
        and r.patient_id is distinct from opened;
    if denied is not null then execute pg_catalog.format('set local app.denied = %L', denied); end if;
  end if;
  if as_role = 'visitor' then
    -- The link of a visit opens that visit, whatever became of the page since; the token of a hold, that hold.
    if token_hash is not null then
      select a.appointment_id into opened from clinic.appointment_access a
        where a.clinic_id = clinic and a.token_hash = enter.token_hash and a.revoked_at is null and a.expires_at > pg_catalog.now();
      if opened is not null then
        execute pg_catalog.format('set local app.appointment_id = %L', opened);
        select p.sitting_id into opened from clinic.appointment p where p.clinic_id = clinic and p.id = opened;
        execute pg_catalog.format('set local app.sitting_id = %L', opened);
        return;
      end if;
      select t.id into opened from clinic.sitting t where t.clinic_id = clinic and t.hold_hash = enter.token_hash and t.status = 'held';
      if opened is not null then execute pg_catalog.format('set local app.sitting_id = %L', opened); end if;
      -- An offer of the waiting list opens the time that it holds, the visit that it would bring forward, and a place for whom it was made to.
      -- Once it is answered, or another had the time, it opens nothing but its own answer.
      select o.sitting_id, o.appointment_id, o.patient_id, t.id as held into offer from clinic.waitlist_offer o
        left join clinic.sitting t on t.clinic_id = clinic and t.id = o.sitting_id and t.status = 'held' and o.status = 'open' and o.expires_at > pg_catalog.now()
        where o.clinic_id = clinic and o.token_hash = enter.token_hash;
      if found then
        if offer.held is null then return; end if;
        execute pg_catalog.format('set local app.sitting_id = %L', offer.held);
        if offer.appointment_id is not null then execute pg_catalog.format('set local app.appointment_id = %L', offer.appointment_id); end if;
        if offer.patient_id is not null then execute pg_catalog.format('set local app.patient_id = %L', offer.patient_id); end if;
        return;
      end if;
      -- A calendar that subscribed, for as long as its address is not revoked.
      perform from clinic.calendar_feed f where f.clinic_id = clinic and f.token_hash = enter.token_hash and f.revoked_at is null;
      if found then return; end if;
    end if;
    -- Otherwise a clinic is seen by nobody before it has published its page and the host has approved it.
    perform from clinic.public_page g, host.clinic_registration r
      where g.clinic_id = clinic and g.published is not null and r.clinic_id = clinic and r.status = 'approved';
    if not found then
      raise exception 'no page' using errcode = 'insufficient_privilege';
    end if;
  end if;
end $$;

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
    'membership', pg_catalog.jsonb_build_object('id', m.id, 'role', m.role, 'privacyOfficer', m.privacy_officer, 'displayName', m.display_name, 'locationIds', m.location_ids, 'profession', m.profession));
end $$;
