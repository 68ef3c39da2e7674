-- No location at all is said by null (« all of them »), never by an empty list that each reader could take otherwise.
alter table identity.membership add constraint membership_locations_some check (location_ids is null or cardinality(location_ids) between 1 and 200);
alter table identity.invitation add constraint invitation_locations_some check (location_ids is null or cardinality(location_ids) between 1 and 200);

-- Whether each active member has a second factor (a code or a passkey): what an administrator asks before requiring one.
-- Enters as a member first, so that a stranger learns nothing; then looks at each person's own rows, one after the other.
-- Shape: [user id, …] of those who have one.
create function reference.second_factors(clinic uuid, person uuid) returns jsonb language plpgsql set search_path = '' as $$
declare
  members uuid[];
  one uuid;
  answer jsonb := '[]';
begin
  perform reference.enter('staff', clinic => clinic, person => person);
  if not exists (
    select from identity.membership m
    where m.clinic_id = clinic and m.user_id = person and m.status = 'active' and (m.role in ('owner', 'administrator'))
  ) then
    raise exception 'not for this member' using errcode = 'insufficient_privilege';
  end if;
  members := array(select m.user_id from identity.membership m where m.clinic_id = clinic and m.status = 'active' order by m.id limit 500);
  set local role chevet_auth;
  foreach one in array members loop
    execute pg_catalog.format('set local app.user_id = %L', one);
    if exists (select from identity.totp t where t.user_id = one and t.confirmed_at is not null)
      or exists (select from identity.passkey p where p.user_id = one and p.revoked_at is null) then
      answer := answer || pg_catalog.to_jsonb(one);
    end if;
  end loop;
  return answer;
end $$;
grant execute on function reference.second_factors to chevet_web;
